import { asHtml, asPlain } from '../questions/plain';
import { freePath } from './paths';
import { isWebAddress, youtubeId } from './web-address';

test.each([
  ['https://www.youtube.com/watch?t=1&v=dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ['https://youtu.be/dQw4w9WgXcQ?si=x', 'dQw4w9WgXcQ'],
  ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ['dQw4w9WgXcQ', 'dQw4w9WgXcQ'],
  ['https://example.org/film.mp4', null],
])('of %s the video is %s', (text, id) => {
  expect(youtubeId(text)).toBe(id);
});

test('only addresses of the web are taken', () => {
  expect([isWebAddress(' https://example.org/a '), isWebAddress('javascript:alert(1)'), isWebAddress('example.org'), isWebAddress('')]).toEqual([true, false, false, false]);
});

test('a new file never takes the place of another', () => {
  expect(freePath('wave.png', [])).toBe('wave.png');
  expect(freePath('wave.png', ['wave.png', 'wave-2.png'])).toBe('wave-3.png');
  expect(freePath('..', [])).toBe('file');
  expect(freePath('a/b\\c.png', [])).toBe('a-b-c.png');
});

test.each(['', 'Less than <', 'One\nTwo & three'])('words become markup and words again: %j', (words) => {
  expect(asPlain(asHtml(words))).toBe(words);
});

test.each(['<p>a <em>b</em></p>', '<p class="x">a</p>', 'a<br>b', '<p>a</p>b'])('%s is more than words', (html) => {
  expect(asPlain(html)).toBeNull();
});
