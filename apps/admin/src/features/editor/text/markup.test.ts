import { extensions, rewritten } from './extensions';
import { assetPath, assetReference, lost, paragraphs } from './markup';

const known = extensions('c1');
const losses = (html: string) => lost(html, rewritten(html, known));

test.each([
  '<p>Waves <strong>and</strong> <em>particles</em>, H<sub>2</sub>O.</p>',
  '<h2 id="text-one">One</h2><ul><li>a</li><li><p>b</p></li></ul>',
  '<figure><p><img src="asset:images/wave%20one.png" alt="A wave" width="300"></p><figcaption><p>A wave</p></figcaption></figure>',
  '<p>See <a href="node:block-1">there</a> and <a href="asset:notes.pdf">the notes</a>.</p>',
  '<div dir="rtl"><p>نص</p></div><pre><code>x = 1</code></pre><hr><blockquote><p>So.</p></blockquote>',
])('the editor keeps %s', (html) => {
  expect(losses(html)).toEqual([]);
});

test('what the editor would lose is named', () => {
  expect(losses('<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>')).toEqual(['table', 'tr', 'td', 'td colspan']);
  expect(losses('<video src="asset:a.mp4" controls></video>')).toContain('video');
});

test('references to files stand in the text as they are', () => {
  expect(rewritten('<p><img src="asset:images/wave%20one.png" alt="A wave"></p>', known)).toContain('src="asset:images/wave%20one.png"');
  expect(assetPath('asset:images/wave%20one.png')).toBe('images/wave one.png');
  expect(assetReference('images/wave one.png')).toBe('asset:images/wave%20one.png');
  expect(assetPath('https://example.org/a.png')).toBeNull();
});

test('the words of a text come paragraph by paragraph', () => {
  expect(paragraphs('<p>One<br>two</p><ul><li>three</li></ul><script>x</script>')).toEqual(['One', 'two', 'three', 'x']);
});
