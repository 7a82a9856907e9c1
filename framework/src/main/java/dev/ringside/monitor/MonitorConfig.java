// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.ring.RingMode;
import java.time.Duration;

/**
 * How a monitor behaves; immutable, every method returns another one.
 *
 * <pre>{@code
 * MonitorConfig inline = MonitorConfig.named("ids")
 *     .interrupt(8, Duration.ofNanos(50_000))
 *     .verdict(Verdict.REINJECT)
 *     .failClosed();
 * host.monitor(tcp().port(80), userMemory(slots(64)), inline);
 * }</pre>
 *
 * <p><strong>Captured packets do not go on</strong> unless the verdict is {@link Verdict#REINJECT}.
 */
public final class MonitorConfig {

  /** The longest batch, and the highest threshold, that can be asked for. */
  public static final int MAX_BATCH = 1 << 20;

  /**
   * Interrupt mode with a notice for every packet; consumes, truncates, fails open, and lets
   * bridged packets go first.
   */
  public static final MonitorConfig DEFAULT = new MonitorConfig();

  private String name = "";
  private RingMode mode = RingMode.INTERRUPT;
  private int threshold = 1;
  private Duration timer = Duration.ZERO;
  private int batch = MAX_BATCH;
  private Verdict verdict = Verdict.CONSUME;
  private Oversize oversize = Oversize.TRUNCATE;
  private int ringCapacity;
  private boolean failOpen = true;
  private boolean bridgeFirst = true;

  private MonitorConfig() {}

  /** The default under this name. */
  public static MonitorConfig named(String name) {
    return DEFAULT.withName(name);
  }

  /** The default in poll mode: packets wait in the monitor's ring until it polls. */
  public static MonitorConfig polled() {
    return DEFAULT.poll();
  }

  private MonitorConfig copy() {
    MonitorConfig copy = new MonitorConfig();
    copy.name = name;
    copy.mode = mode;
    copy.threshold = threshold;
    copy.timer = timer;
    copy.batch = batch;
    copy.verdict = verdict;
    copy.oversize = oversize;
    copy.ringCapacity = ringCapacity;
    copy.failOpen = failOpen;
    copy.bridgeFirst = bridgeFirst;
    return copy;
  }

  private static int checked(String what, int value, int least) {
    if (value < least || value > MAX_BATCH) {
      throw new IllegalArgumentException(
          what + " " + value + " of a monitor is not in " + least + " to " + MAX_BATCH);
    }
    return value;
  }

  // ---- what it says ----

  /** The name, unique in its host; empty: monitor0, monitor1, ... */
  public String name() {
    return name;
  }

  /** Whether packets come to the application by themselves, or wait until it polls. */
  public RingMode mode() {
    return mode;
  }

  /** So many packets in a ring raise a notice. */
  public int threshold() {
    return threshold;
  }

  /** So long after the first packet of an idle ring a notice is raised in any case; zero: never. */
  public Duration timer() {
    return timer;
  }

  /** The most packets of one batch in interrupt mode. */
  public int batch() {
    return batch;
  }

  /** What becomes of packets that are released without another word. */
  public Verdict verdict() {
    return verdict;
  }

  /** What becomes of packets that are longer than a slot. */
  public Oversize oversize() {
    return oversize;
  }

  /** How many packets each ring of the monitor holds; 0: as many as the card's other rings. */
  public int ringCapacity() {
    return ringCapacity;
  }

  /** Whether packets go on as if there were no monitor once the application has died. */
  public boolean isFailOpen() {
    return failOpen;
  }

  /** Whether packets that were re-injected leave only while no bridged ones wait. */
  public boolean isBridgeFirst() {
    return bridgeFirst;
  }

  // ---- another one ----

  /** The same under this name. */
  public MonitorConfig withName(String newName) {
    MonitorConfig other = copy();
    other.name = newName;
    return other;
  }

  /** The same in poll mode: packets wait in the monitor's ring until it polls. */
  public MonitorConfig poll() {
    MonitorConfig other = copy();
    other.mode = RingMode.POLL;
    return other;
  }

  /**
   * The same in interrupt mode: so many packets in a ring raise a notice, or this long after the
   * first one.
   *
   * @param newThreshold 1 to {@link #MAX_BATCH}
   * @param newTimer zero: only the threshold counts
   * @throws IllegalArgumentException if the threshold is out of range or the duration negative
   */
  public MonitorConfig interrupt(int newThreshold, Duration newTimer) {
    if (newTimer.isNegative()) {
      throw new IllegalArgumentException(
          "timer " + newTimer + " of a monitor must not be negative");
    }
    MonitorConfig other = copy();
    other.mode = RingMode.INTERRUPT;
    other.threshold = checked("threshold", newThreshold, 1);
    other.timer = newTimer;
    return other;
  }

  /**
   * The same with at most so many packets in a batch that comes by itself.
   *
   * @throws IllegalArgumentException if it is not 1 to {@link #MAX_BATCH}
   */
  public MonitorConfig batch(int packets) {
    MonitorConfig other = copy();
    other.batch = checked("batch", packets, 1);
    return other;
  }

  /** The same with this verdict on packets that are released without another word. */
  public MonitorConfig verdict(Verdict newVerdict) {
    MonitorConfig other = copy();
    other.verdict = newVerdict;
    return other;
  }

  /** The same, doing this with packets that are longer than a slot. */
  public MonitorConfig oversize(Oversize newOversize) {
    MonitorConfig other = copy();
    other.oversize = newOversize;
    return other;
  }

  /**
   * The same with rings of so many slots; 0: as many as the card's other rings.
   *
   * @throws IllegalArgumentException if it is negative or above {@link #MAX_BATCH}
   */
  public MonitorConfig withRingCapacity(int slots) {
    MonitorConfig other = copy();
    other.ringCapacity = checked("ring capacity", slots, 0);
    return other;
  }

  /** The same, but packets that match are dropped once the application has died. */
  public MonitorConfig failClosed() {
    MonitorConfig other = copy();
    other.failOpen = false;
    return other;
  }

  /** The same, but packets that are re-injected wait in one queue with bridged ones. */
  public MonitorConfig asUrgentAsTheBridge() {
    MonitorConfig other = copy();
    other.bridgeFirst = false;
    return other;
  }
}
