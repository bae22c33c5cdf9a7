/** Put in by the build; absent when the sources run as they are, as in tests. */
declare const __LIANGZHENG_VERSION__: string | undefined;
declare const __LIANGZHENG_BUILD_MS__: number | undefined;

export const VERSION =
  typeof __LIANGZHENG_VERSION__ === 'undefined' ? '0.0.0-source' : __LIANGZHENG_VERSION__;

/** unix ms before which no clock can be right. */
export const BUILD_MS =
  typeof __LIANGZHENG_BUILD_MS__ === 'undefined' ? Date.UTC(2026, 10, 1) : __LIANGZHENG_BUILD_MS__;
