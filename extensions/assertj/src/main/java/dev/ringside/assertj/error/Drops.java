// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many packets a device or a whole lab has dropped, by reason.
 *
 * <pre>{@code
 * Drops.of(nic.account()).of(DropReason.RING_FULL)
 * }</pre>
 */
public final class Drops {

  private final String place;
  private final Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);

  private Drops(String place) {
    this.place = place;
  }

  /** Those of one device. */
  public static Drops of(Account account) {
    Drops drops = new Drops(account.name());
    for (DropReason reason : DropReason.values()) {
      drops.put(reason, account.dropped(reason));
    }
    return drops;
  }

  /** Those of all devices together. */
  public static Drops of(Ledger ledger) {
    Drops drops = new Drops("");
    for (DropReason reason : DropReason.values()) {
      drops.put(reason, ledger.dropped(reason));
    }
    return drops;
  }

  private void put(DropReason reason, long count) {
    if (count != 0) {
      counts.put(reason, count);
    }
  }

  /** Packets dropped for this reason. */
  public long of(DropReason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** Whether all drops are for such reasons. */
  public boolean areOnly(Predicate<DropReason> allowed) {
    return counts.keySet().stream().allMatch(allowed);
  }

  /** The device that dropped them, empty for the whole lab. */
  String place() {
    return place;
  }

  /** A line for each reason that there were drops for. */
  List<String> lines() {
    return linesExcept(reason -> false);
  }

  /** The lines for the reasons that were not allowed. */
  List<String> linesExcept(Predicate<DropReason> allowed) {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (reason, count) -> {
          if (!allowed.test(reason)) {
            lines.add(reason + " " + count);
          }
        });
    return lines;
  }
}
