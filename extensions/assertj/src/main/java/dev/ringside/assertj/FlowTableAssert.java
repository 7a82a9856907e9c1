// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldClassify;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.FlowWalk;
import dev.ringside.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a flow table, and about its way to a decision.
 *
 * <pre>{@code
 * assertThat(table).classifying(packet).walked("0", "0.0").endsIn(ring(2));
 * }</pre>
 */
public class FlowTableAssert extends AbstractRingsideAssert<FlowTableAssert, FlowTable> {

  private @Nullable Packet packet;

  /** Assertions about this one. */
  public FlowTableAssert(@Nullable FlowTable actual) {
    super(actual, FlowTableAssert.class);
  }

  @Override
  protected String subject() {
    return "flow table " + actual.name();
  }

  /**
   * That it has so many entries.
   *
   * <pre>{@code
   * assertThat(table).hasSize(3); // passes
   * assertThat(table).hasSize(4); // fails
   * }</pre>
   */
  public FlowTableAssert hasSize(int entries) {
    return verify(
        () ->
            actual.size() == entries
                ? null
                : new ShouldHold(
                    subject(),
                    entries + (entries == 1 ? " entry" : " entries"),
                    actual.size(),
                    actual,
                    Evidence.none()));
  }

  /**
   * That it has neither an entry nor a default.
   *
   * <pre>{@code
   * assertThat(table).isEmpty(); // passes
   * table.insert(tcp(), drop());
   * assertThat(table).isEmpty(); // fails
   * }</pre>
   */
  public FlowTableAssert isEmpty() {
    return verify(
        () ->
            actual.isEmpty()
                ? null
                : new ShouldBe(subject(), "empty", actual.entries().toString(), Evidence.none()));
  }

  /** From here on the assertions are about what it does with this packet. */
  public FlowTableAssert classifying(Packet classified) {
    packet = classified;
    return this;
  }

  /**
   * That these entries matched, and no others: their numbers in their tables, behind those of the
   * entries that led there.
   *
   * <pre>{@code
   * assertThat(table).classifying(packet).walked("1", "1.0"); // passes
   * assertThat(table).classifying(packet).walked("0"); // fails
   * }</pre>
   */
  public FlowTableAssert walked(String... path) {
    return verify(
        () -> {
          FlowWalk walk = walk();
          List<String> wanted = List.of(path);
          return walk.path().equals(wanted)
              ? null
              : new ShouldClassify(subject(), "walk " + wanted, "it walked " + walk.path(), walk);
        });
  }

  /**
   * That the packet ends there.
   *
   * <pre>{@code
   * assertThat(table).classifying(packet).endsIn(ring(2)); // passes
   * assertThat(table).classifying(packet).endsIn(drop()); // fails
   * }</pre>
   */
  public FlowTableAssert endsIn(Destination.End end) {
    return verify(
        () -> {
          FlowWalk walk = walk();
          return end.equals(walk.end())
              ? null
              : new ShouldClassify(subject(), "end in " + end, found(walk), walk);
        });
  }

  /**
   * That neither an entry nor a default is for the packet.
   *
   * <pre>{@code
   * assertThat(table).classifying(packet).misses(); // passes
   * table.setDefault(ring(1));
   * assertThat(table).classifying(packet).misses(); // fails
   * }</pre>
   */
  public FlowTableAssert misses() {
    return verify(
        () -> {
          FlowWalk walk = walk();
          return walk.outcome() == FlowDecision.Outcome.MISSED
              ? null
              : new ShouldClassify(subject(), "have nothing for it", found(walk), walk);
        });
  }

  private static String found(FlowWalk walk) {
    return switch (walk.outcome()) {
      case DECIDED -> "it ends in " + walk.end();
      case MISSED -> "no entry matches";
      case UNREADABLE -> "it is not classified: " + walk.packet().malformationDescription();
      case FAILED -> "a matcher failed: " + walk.failure();
    };
  }

  private FlowWalk walk() {
    if (packet == null) {
      throw new IllegalStateException("say classifying(packet) first");
    }
    return actual.explain(packet);
  }
}
