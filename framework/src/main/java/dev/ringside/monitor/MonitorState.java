// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

/**
 * What a monitor is doing.
 *
 * <pre>{@code
 * monitor.stop();
 * monitor.state() == MonitorState.STOPPED
 * }</pre>
 */
public enum MonitorState {
  /** Its rule is on the cards. */
  WATCHING,
  /** Its rule is on no card; what it has captured, and what waits in its rings, can be taken. */
  STOPPED,
  /** The application has left; its memory is gone. */
  CLOSED,
  /** The application has crashed; its memory is gone. */
  DEAD
}
