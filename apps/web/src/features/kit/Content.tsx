import { Disclosure, DisclosureGroup, RichText } from '@lyceum/ui';

import { Specimen } from './Specimen';

const lesson = `
  <h2>What a wave carries</h2>
  <p>A wave moves <strong>energy</strong>, not matter. Drop a cork on a pond, and it <a href="https://example.org">bobs in place</a>
  while the ripple runs on. The same holds for sound, for light, and for the rope of a skipping child.</p>
  <ul><li>Amplitude says how far it swings.</li><li>Frequency says how often: <code>f = 1 / T</code>.</li></ul>
  <blockquote><p>Nature uses only the longest threads to weave her patterns.</p></blockquote>
  <pre><code>for t in range(10):
    print(sin(2 * pi * f * t))</code></pre>
  <table><tr><th>Wave</th><th>Speed in m/s</th></tr><tr><td>Sound in air</td><td>343</td></tr><tr><td>Light</td><td>299 792 458</td></tr></table>`;

const arabic = '<h3>ما الذي تحمله الموجة</h3><p>تنقل الموجة <strong>الطاقة</strong> لا المادة. ألقِ قطعة فلين في بركة، وستراها تتمايل في مكانها بينما تمضي الموجة.</p>';

export function Content() {
  return (
    <Specimen title="Content">
      <RichText html={lesson} />
      <RichText html={arabic} />
      <DisclosureGroup defaultExpandedKeys={['one']}>
        <Disclosure id="one" title="Waves" aside="3 of 5">
          Ripples, sound, and the rope.
        </Disclosure>
        <Disclosure id="two" title="Light" aside="0 of 4">
          Colour and shadow.
        </Disclosure>
      </DisclosureGroup>
    </Specimen>
  );
}
