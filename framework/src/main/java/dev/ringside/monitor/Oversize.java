// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

/**
 * What becomes of a packet that is longer than a slot of user memory.
 *
 * <pre>{@code
 * MonitorConfig.DEFAULT.oversize(Oversize.DROP)
 * }</pre>
 */
public enum Oversize {
  /** Its first bytes are captured, with its real length. */
  TRUNCATE,
  /** It is dropped as too long. */
  DROP
}
