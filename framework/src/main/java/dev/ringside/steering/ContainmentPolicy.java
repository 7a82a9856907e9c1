// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.packet.PacketSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an attack that is steered aside.
 *
 * <pre>{@code
 * ContainmentPolicy.CONTAIN                                       // it stays in the standby ring
 * ContainmentPolicy.CONTAIN.withPurge()                           // and what came before goes too
 * ContainmentPolicy.lowPriority(16, Duration.ofMillis(1), seen::add)
 * }</pre>
 *
 * @param budget how many packets a tick takes out of the standby ring at most; 0: none ever are
 * @param tick how long a tick is; zero without a budget
 * @param quarantine takes them; null without a budget. A {@code Receiver} may be busy
 * @param shared whether attacks of equal policy are steered into one standby ring
 * @param purge whether packets of the attack are dropped that are in the rings already
 */
public record ContainmentPolicy(
    int budget, Duration tick, @Nullable PacketSink quarantine, boolean shared, boolean purge) {

  /**
   * Nothing is taken out of the standby ring, each attack has one of its own, and what has passed
   * the classifier before the signature was there is handled as usual.
   */
  public static final ContainmentPolicy CONTAIN =
      new ContainmentPolicy(0, Duration.ZERO, null, false, false);

  /** Checks that a budget, a tick and a consumer come together. */
  public ContainmentPolicy {
    boolean drains = quarantine != null;
    if (budget < 0 || tick.isNegative() || drains != (budget > 0) || drains == tick.isZero()) {
      throw new IllegalArgumentException(
          "budget "
              + budget
              + " and tick "
              + tick
              + (drains ? " with" : " without")
              + " a quarantine consumer: all three must be given, or none");
    }
  }

  /**
   * After each tick, when all rings that the host serves are empty, takes up to so many packets out
   * of the standby ring, without interrupts. The rate is the budget divided by the tick.
   *
   * @param quarantine looks at them; they go no further
   */
  public static ContainmentPolicy lowPriority(int budget, Duration tick, PacketSink quarantine) {
    return new ContainmentPolicy(budget, tick, quarantine, false, false);
  }

  /** The same, in one standby ring with all others of equal policy. */
  public ContainmentPolicy withSharedRing() {
    return new ContainmentPolicy(budget, tick, quarantine, true, purge);
  }

  /** The same, and packets of the attack that wait in rings of the host are dropped. */
  public ContainmentPolicy withPurge() {
    return new ContainmentPolicy(budget, tick, quarantine, shared, true);
  }

  /** The policy in words. */
  @Override
  public String toString() {
    String what =
        quarantine == null ? "contain" : "low priority, " + budget + " packets every " + tick;
    return what + (shared ? ", shared ring" : "") + (purge ? ", purge" : "");
  }
}
