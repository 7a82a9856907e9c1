// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

/**
 * A rate of bits a second: what is sent takes its time, and the next can start when it is over. It
 * is exact in the long run, since what a nanosecond is too coarse for is carried over. Nothing is
 * ever split, so that a rate is exceeded by less than one packet. The rate is for good; another one
 * is another pacer, for which nothing was sent yet.
 *
 * <pre>{@code
 * Pacer pacer = Pacer.of(1_000_000_000);
 * pacer.take(now, 8 * 125); // now + 1_000
 * pacer.isFree(now);        // false, before now + 1_000
 * }</pre>
 */
public final class Pacer {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** A pacer without a limit; nothing changes it, so that all may share it. */
  public static final Pacer UNLIMITED = new Pacer(0);

  private final long bitsPerSecond;
  private long freeAt;
  private long carried;

  private Pacer(long bitsPerSecond) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /**
   * A pacer of this rate.
   *
   * @param bitsPerSecond 0 or more; 0 for no limit
   */
  public static Pacer of(long bitsPerSecond) {
    return bitsPerSecond == 0 ? UNLIMITED : new Pacer(bitsPerSecond);
  }

  /** The rate, 0 for no limit. */
  public long rate() {
    return bitsPerSecond;
  }

  /** Whether there is a limit. */
  public boolean isLimited() {
    return bitsPerSecond != 0;
  }

  /** Whether the next can start. */
  public boolean isFree(long now) {
    return freeAt <= now;
  }

  /** When the next can start. */
  public long freeAt() {
    return freeAt;
  }

  /**
   * Sends so many bits, as soon as it is free.
   *
   * @return when they are sent
   */
  public long take(long now, long bits) {
    if (bitsPerSecond == 0) {
      return now;
    }
    forgive(now);
    takeLate(bits);
    return freeAt;
  }

  /** Time until now that nobody used is not made up for. */
  public void forgive(long now) {
    if (bitsPerSecond != 0 && freeAt < now) {
      freeAt = now;
      carried = 0;
    }
  }

  /** Sends so many bits as if it had been as soon as it was free: what is late is made up for. */
  public void takeLate(long bits) {
    if (bitsPerSecond == 0) {
      return;
    }
    long work = bits * NANOS_PER_SECOND + carried;
    freeAt += work / bitsPerSecond;
    carried = work % bitsPerSecond;
  }
}
