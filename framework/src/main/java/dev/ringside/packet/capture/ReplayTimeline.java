// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/**
 * When the packets of a capture are due, in nanoseconds after its first packet.
 *
 * <pre>{@code
 * ReplayTimeline timeline = new ReplayTimeline();
 * for (CapturedPacket captured : reader) {
 *   long delay = timeline.advanceTo(captured); // since the packet before
 *   executor.schedule(() -> wire.send(captured.packet()), timeline.elapsed(), NANOSECONDS);
 * }
 * }</pre>
 *
 * <p>Packets stay in the order of the file and no delay is negative, whatever their times say. A
 * packet that is dated before one ahead of it is due together with the latest one so far, and the
 * packets behind it are due at their own time again: one stray clock shifts nothing for good. So
 * does a packet without a time.
 */
public final class ReplayTimeline {
  private long first = CapturedPacket.NO_TIME;
  private long elapsed;

  /** A timeline before its first packet. */
  public ReplayTimeline() {}

  /**
   * Goes on to the next packet of the file.
   *
   * @return how many nanoseconds it is due after the packet before it, 0 for the first; at least 0
   */
  public long advanceTo(CapturedPacket packet) {
    if (!packet.hasTime()) {
      return 0;
    }
    if (first == CapturedPacket.NO_TIME) {
      first = packet.nanos();
    }
    long before = elapsed;
    elapsed = Math.max(elapsed, sinceFirst(packet.nanos()));
    return elapsed - before;
  }

  /** How many nanoseconds the last packet is due after the first; never falls. */
  public long elapsed() {
    return elapsed;
  }

  /** Times may be five hundred years apart, which is more than a number of nanoseconds holds. */
  private long sinceFirst(long nanos) {
    if (nanos <= first) {
      return 0;
    }
    long since = nanos - first;
    return since < 0 ? Long.MAX_VALUE : since;
  }
}
