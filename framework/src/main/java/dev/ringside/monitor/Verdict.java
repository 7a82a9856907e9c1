// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

/**
 * What becomes of a captured packet once the application has looked at it.
 *
 * <pre>{@code
 * MonitorConfig.DEFAULT.verdict(Verdict.REINJECT)
 * }</pre>
 */
public enum Verdict {
  /** It ends in user memory: the match is a diversion. This is the default. */
  CONSUME,
  /** It goes on, once, to where it would have gone without the monitor. */
  REINJECT,
  /** The application refuses it: it ends in user memory, and is counted. */
  BLOCK
}
