import { useFormatting, useTranslation } from '@lyceum/i18n';
import { IconButton, Menu, MenuItem, MenuSection } from '@lyceum/ui';
import { Captions, Gauge, Maximize, Pause, Play, Volume2, VolumeX } from 'lucide-react';

import { clock } from './cues';
import { SPEEDS } from './speed';

const NONE = 'none';

export interface ControlsProps {
  isPlaying: boolean;
  onToggle: () => void;
  time: number;
  duration: number;
  onSeek: (time: number) => void;
  isMuted: boolean;
  onMute: (isMuted: boolean) => void;
  speed: number;
  onSpeed: (speed: number) => void;
  languages: readonly string[];
  language: string | null;
  onLanguage: (language: string | null) => void;
  onWholeScreen: () => void;
}

/** Everything a video can be told, by pointer, touch and keyboard. Time runs from left to right in every language. */
export function Controls({ isPlaying, onToggle, time, duration, onSeek, isMuted, onMute, speed, onSpeed, languages, language, onLanguage, onWholeScreen }: ControlsProps) {
  const { t } = useTranslation('lesson');
  const format = useFormatting();
  return (
    <div dir="ltr" className="flex flex-wrap items-center gap-1 p-1.5">
      <IconButton label={isPlaying ? t('video.pause') : t('video.play')} onPress={onToggle}>
        {isPlaying ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
      </IconButton>
      <input
        type="range"
        aria-label={t('video.position')}
        aria-valuetext={`${clock(time)} / ${clock(duration)}`}
        min={0}
        max={Math.max(1, Math.floor(duration))}
        step={1}
        value={Math.floor(time)}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        className="h-11 min-w-24 grow cursor-pointer accent-accent max-sm:order-first max-sm:mx-2 max-sm:basis-full"
      />
      <span className="px-2 text-sm text-ink-2 tabular-nums max-sm:grow">
        {clock(time)} / {clock(duration)}
      </span>
      <IconButton label={isMuted ? t('video.unmute') : t('video.mute')} onPress={() => onMute(!isMuted)}>
        {isMuted ? <VolumeX size={20} aria-hidden /> : <Volume2 size={20} aria-hidden />}
      </IconButton>
      <Menu trigger={<IconButton label={t('video.speed')}><Gauge size={20} aria-hidden /></IconButton>}>
        <MenuSection
          title={t('video.speed')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[String(speed)]}
          onSelectionChange={(keys) => {
            const [chosen] = keys === 'all' ? [] : keys;
            if (chosen !== undefined) onSpeed(Number(chosen));
          }}
        >
          {SPEEDS.map((one) => (
            <MenuItem key={one} id={String(one)}>
              {`${format.number(one)} ×`}
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
      {languages.length > 0 && (
        <Menu trigger={<IconButton label={t('video.captions')}><Captions size={20} aria-hidden /></IconButton>}>
          <MenuSection
            title={t('video.captions')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language ?? NONE]}
            onSelectionChange={(keys) => {
              const [chosen] = keys === 'all' ? [] : keys;
              if (chosen !== undefined) onLanguage(chosen === NONE ? null : String(chosen));
            }}
          >
            {[
              <MenuItem key={NONE} id={NONE}>
                {t('video.captions-off')}
              </MenuItem>,
              ...languages.map((one) => (
                <MenuItem key={one} id={one}>
                  {format.languageName(one)}
                </MenuItem>
              )),
            ]}
          </MenuSection>
        </Menu>
      )}
      <IconButton label={t('video.whole-screen')} onPress={onWholeScreen}>
        <Maximize size={20} aria-hidden />
      </IconButton>
    </div>
  );
}
