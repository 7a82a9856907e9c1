// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the losses that nobody expected, each only once however often it is asked. */
final class LossCount {

  private static final DropReason[] REASONS = DropReason.values();

  private final Lab lab;
  private final Map<Account, long[]> counted = new LinkedHashMap<>();
  private long seen;

  LossCount(Lab lab) {
    this.lab = lab;
  }

  /** Tells what was lost since it was last asked; null if nothing was. */
  @Nullable Finding take(DropReason[] expected) {
    long dropped = lab.ledger().dropped();
    if (dropped == seen) {
      return null;
    }
    seen = dropped;
    StringBuilder text = new StringBuilder();
    List<String> reasons = new ArrayList<>();
    for (Account account : lab.ledger().accounts()) {
      if (account.dropped() > 0) {
        take(account, expected, text, reasons);
      }
    }
    return text.isEmpty() ? null : finding(text.toString(), reasons);
  }

  private static Finding finding(String text, List<String> reasons) {
    String list = String.join(", ", reasons);
    return new Finding(
        LabCheck.UNEXPECTED_DROPS,
        text,
        "if they are meant, say so: lab.expectDrops(" + list + ") or @ExpectDrops({" + list + "})");
  }

  private void take(
      Account account, DropReason[] expected, StringBuilder text, List<String> reasons) {
    long[] before = counted.computeIfAbsent(account, key -> new long[REASONS.length]);
    for (DropReason reason : REASONS) {
      long now = account.dropped(reason);
      long more = now - before[reason.ordinal()];
      before[reason.ordinal()] = now;
      if (more > 0 && !isExpected(account, reason, expected)) {
        text.append(text.isEmpty() ? "" : "; ").append(more).append(' ').append(reason);
        text.append(" at ").append(account.stage()).append(' ').append(account.name());
        text.append(lastDrop(account, reason));
        if (!reasons.contains(reason.name())) {
          reasons.add(reason.name());
        }
      }
    }
  }

  private boolean isExpected(Account account, DropReason reason, DropReason[] expected) {
    if (reason == DropReason.NO_TARGET && account.stage() == Stage.STACK) {
      return true; // what a station refuses because it was flooded to all, or its port is closed
    }
    for (DropReason one : expected) {
      if (one == reason) {
        return true;
      }
    }
    return account.expectsDrops(reason) || lab.ledger().expectsDrops(reason);
  }

  private String lastDrop(Account account, DropReason reason) {
    Hop last = null;
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null
          && hop.reason() == reason
          && hop.stage() == account.stage()
          && hop.place().equals(account.name())) {
        last = hop;
      }
    }
    return last == null
        ? ""
        : ", the last: #"
            + last.packet().id()
            + (last.detail().isEmpty() ? "" : " ")
            + last.detail();
  }
}
