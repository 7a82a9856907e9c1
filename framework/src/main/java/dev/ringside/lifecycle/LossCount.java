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
  private final Leniences lenient;
  private long seen;

  /** A bit for each reason for which something was lost. */
  private int came;

  LossCount(Lab lab, Leniences lenient) {
    this.lab = lab;
    this.lenient = lenient;
  }

  /** Whether anything was lost for this reason, as far as it was counted. */
  boolean came(DropReason reason) {
    return (came & 1 << reason.ordinal()) != 0;
  }

  /** Tells what was lost since it was last asked; null if nothing was. */
  @Nullable Finding take(Leniences meant) {
    long dropped = lab.ledger().dropped();
    if (dropped == seen) {
      return null;
    }
    seen = dropped;
    StringBuilder text = new StringBuilder();
    List<String> reasons = new ArrayList<>();
    for (Account account : lab.ledger().accounts()) {
      if (account.dropped() > 0) {
        take(account, meant, text, reasons);
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

  private void take(Account account, Leniences meant, StringBuilder text, List<String> reasons) {
    long[] before = counted.computeIfAbsent(account, key -> new long[REASONS.length]);
    for (DropReason reason : REASONS) {
      long now = account.dropped(reason);
      long more = now - before[reason.ordinal()];
      before[reason.ordinal()] = now;
      if (more > 0 && !isFine(account, reason, meant)) {
        text.append(text.isEmpty() ? "" : "; ").append(more).append(' ').append(reason);
        text.append(" at ").append(account.stage()).append(' ').append(account.name());
        text.append(lastDrop(account, reason));
        if (!reasons.contains(reason.name())) {
          reasons.add(reason.name());
        }
      }
    }
  }

  private boolean isFine(Account account, DropReason reason, Leniences meant) {
    came |= 1 << reason.ordinal();
    String device = account.name();
    boolean always = lenient.expect(lab, reason, device);
    if (meant.expect(lab, reason, device) || always || isExpected(account, reason)) {
      return true;
    }
    always = lenient.forgive(lab, LabCheck.UNEXPECTED_DROPS, device);
    return meant.forgive(lab, LabCheck.UNEXPECTED_DROPS, device) || always;
  }

  private boolean isExpected(Account account, DropReason reason) {
    return (reason == DropReason.NO_TARGET && account.stage() == Stage.STACK) // flooded, or closed
        || account.expectsDrops(reason)
        || lab.ledger().expectsDrops(reason);
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
