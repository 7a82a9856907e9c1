// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

/**
 * Lets a rate of bits a second through: a packet may start when its predecessor's share of time is
 * over. A packet is never split, so the rate is exceeded by less than one packet.
 */
final class RateLimiter {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private long bitsPerSecond;
  private long nextAt;

  /** 0 for no limit. */
  void setRate(long newBitsPerSecond) {
    bitsPerSecond = newBitsPerSecond;
    nextAt = 0;
  }

  long rate() {
    return bitsPerSecond;
  }

  boolean allows(long now) {
    return bitsPerSecond == 0 || nextAt <= now;
  }

  /** When the next packet may start. */
  long nextAt() {
    return nextAt;
  }

  void take(long now, int bytes) {
    if (bitsPerSecond != 0) {
      nextAt = Math.max(now, nextAt) + 8L * bytes * NANOS_PER_SECOND / bitsPerSecond;
    }
  }
}
