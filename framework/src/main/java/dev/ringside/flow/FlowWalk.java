// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.FieldMismatch;
import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table came to its decision about a packet: the entries that were asked, in order.
 *
 * <pre>{@code
 * FlowWalk walk = table.explain(packet);
 * walk.path();        // [0, 0.1]: entry 0 led to a sub-table, whose entry 1 matched
 * walk.end();         // ring 2
 * walk.nearestMiss(); // the entry that fewest fields keep from matching
 * }</pre>
 *
 * @param packet the packet
 * @param table the name of the table where the walk began
 * @param steps the entries that were asked, in order
 * @param outcome how the walk ended
 * @param end where the packet goes, null unless that is decided
 * @param failure what the last matcher threw, null unless it failed
 */
public record FlowWalk(
    Packet packet,
    String table,
    List<Step> steps,
    FlowDecision.Outcome outcome,
    @Nullable End end,
    @Nullable RuntimeException failure) {

  /** More entries than these in a row that do not match are abbreviated. */
  private static final int SHOWN = 3;

  /** Copies the steps. */
  public FlowWalk {
    steps = List.copyOf(steps);
  }

  /**
   * One entry that was asked.
   *
   * @param path its number in its table, behind the numbers of the entries that led there
   * @param entry the entry
   * @param matches whether it matched
   */
  public record Step(String path, FlowEntry entry, boolean matches) {

    /** Such as {@code 0.1 tcp port 80 -> ring 2}. */
    @Override
    public String toString() {
      return path + " " + entry;
    }
  }

  /** The numbers of the entries that matched, such as 0 and 0.1. */
  public List<String> path() {
    List<String> path = new ArrayList<>();
    for (Step step : steps) {
      if (step.matches()) {
        path.add(step.path());
      }
    }
    return path;
  }

  /** Why an entry did not match; empty if it did. */
  public List<FieldMismatch> mismatches(Step step) {
    return step.matches() ? List.of() : step.entry().match().mismatches(packet);
  }

  /**
   * The entry that was asked in vain and that fewest fields keep from matching, of equals the
   * first; null if there is none.
   */
  public @Nullable Step nearestMiss() {
    Step nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < steps.size() && fewest > 1; i++) {
      Step step = steps.get(i);
      if (!step.matches() && !isFailed(step)) {
        int fields = mismatches(step).size();
        nearest = fields < fewest ? step : nearest;
        fewest = Math.min(fields, fewest);
      }
    }
    return nearest;
  }

  private boolean isFailed(Step step) {
    return failure != null && step.equals(steps.get(steps.size() - 1));
  }

  /** Where it ended and, line by line, how; long rows of entries in vain are abbreviated. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(256);
    text.append(packet).append("\n  in flow table ").append(table).append(": ");
    text.append(endInWords()).append('\n');
    int vain = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).matches() || isFailed(steps.get(i))) {
        appendVain(text, vain, i);
        appendLine(text, steps.get(i));
        vain = i + 1;
      }
    }
    appendVain(text, vain, steps.size());
    Step nearest = nearestMiss();
    if (nearest != null) {
      text.append("nearest miss: ").append(nearest).append(": ").append(reasons(nearest));
      text.append('\n');
    }
    return text.toString();
  }

  private String endInWords() {
    return switch (outcome) {
      case DECIDED -> end + (isByDefault() ? ", by default" : "");
      case MISSED -> "no entry matches";
      case UNREADABLE -> packet.malformationDescription() + ", not classified";
      case FAILED -> "a matcher failed";
    };
  }

  private boolean isByDefault() {
    return steps.isEmpty()
        || !steps.get(steps.size() - 1).matches()
        || !steps.get(steps.size() - 1).entry().destination().equals(end);
  }

  private void appendVain(StringBuilder text, int from, int to) {
    boolean all = to - from <= 2 * SHOWN + 1;
    for (int i = from; i < to; i++) {
      if (all || i < from + SHOWN || i >= to - SHOWN) {
        appendLine(text, steps.get(i));
      } else if (i == from + SHOWN) {
        text.append("  ... ").append(to - from - 2 * SHOWN).append(" more that do not match\n");
      }
    }
  }

  private void appendLine(StringBuilder text, Step step) {
    text.append("  ").append(step).append(": ");
    text.append(step.matches() ? "matches" : isFailed(step) ? "threw " + failure : reasons(step));
    text.append('\n');
  }

  private String reasons(Step step) {
    StringBuilder text = new StringBuilder(64);
    for (FieldMismatch mismatch : mismatches(step)) {
      text.append(text.length() == 0 ? "" : "; ").append(mismatch);
    }
    return text.toString();
  }
}
