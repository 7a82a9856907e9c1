// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHaveWay;
import dev.ringside.routing.Router;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the way of a packet and of the copies that floods made of it.
 *
 * <pre>{@code
 * assertThat(trace).passed(Stage.VIRTUAL_SWITCH); // fails
 * assertThat(lab.trace(query)).passed(Stage.VIRTUAL_FUNCTION).neverPassed(Stage.VIRTUAL_SWITCH).reached(Stage.STACK, "web");
 * }</pre>
 */
public class TraceAssert extends AbstractRingsideAssert<TraceAssert, Trace> {
  /** Assertions about this one. */
  public TraceAssert(@Nullable Trace actual) {
    super(actual, TraceAssert.class);
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual);
  }

  private List<Stage> missing(Stage... stages) {
    List<Stage> missing = new ArrayList<>(List.of(stages));
    missing.removeIf(actual::passed);
    return missing;
  }

  private boolean isInOrder(Stage... stages) {
    int found = 0;
    for (Hop hop : actual.hops()) {
      if (found < stages.length && hop.stage() == stages[found]) {
        found++;
      }
    }
    return found == stages.length;
  }

  private boolean hasHop(Predicate<Hop> wanted) {
    return actual.hops().stream().anyMatch(wanted);
  }

  private static boolean isAt(Hop hop, Stage stage, String place) {
    return hop.stage() == stage && hop.place().equals(place);
  }

  /** At the device itself, or at one of its rings, which the detail then tells of. */
  private static boolean isAt(Hop hop, String place) {
    return hop.place().equals(place) || hop.detail().startsWith("ring " + place + " ");
  }

  private static boolean isLoss(Hop hop) {
    DropReason reason = hop.reason();
    return reason != null && reason.isLoss();
  }

  private static String text(Stage... stages) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : stages) {
      text.append(text.length() == 0 ? "" : ", ").append(stage);
    }
    return text.toString();
  }

  /**
   * That it was at places of all these kinds, in whatever order.
   *
   * <pre>{@code
   * assertThat(trace).passed(Stage.PNIC, Stage.VIRTUAL_FUNCTION); // passes
   * }</pre>
   */
  public TraceAssert passed(Stage... stages) {
    return verify(
        () ->
            missing(stages).isEmpty()
                ? null
                : new ShouldHaveWay("to pass " + text(stages), actual));
  }

  /**
   * That it was at places of these kinds one after the other, others between them or not.
   *
   * <pre>{@code
   * assertThat(trace).passedInOrder(Stage.PNIC, Stage.VIRTUAL_FUNCTION); // passes
   * assertThat(trace).passedInOrder(Stage.VIRTUAL_FUNCTION, Stage.PNIC); // fails
   * }</pre>
   */
  public TraceAssert passedInOrder(Stage... stages) {
    return verify(
        () ->
            isInOrder(stages)
                ? null
                : new ShouldHaveWay("to pass in this order " + text(stages), actual));
  }

  /**
   * That it was at no place of any of these kinds.
   *
   * <pre>{@code
   * assertThat(trace).neverPassed(Stage.VIRTUAL_SWITCH); // passes
   * assertThat(trace).neverPassed(Stage.PNIC); // fails
   * }</pre>
   */
  public TraceAssert neverPassed(Stage... stages) {
    return verify(
        () ->
            missing(stages).size() == stages.length
                ? null
                : new ShouldHaveWay("never to pass " + text(stages), actual));
  }

  /**
   * That it came to this place, whatever happened to it there.
   *
   * <pre>{@code
   * assertThat(trace).reached(Stage.STACK, "web"); // passes
   * assertThat(trace).reached(Stage.STACK, "db"); // fails
   * }</pre>
   */
  public TraceAssert reached(Stage stage, String place) {
    return verify(
        () ->
            hasHop(hop -> isAt(hop, stage, place))
                ? null
                : new ShouldHaveWay("to reach " + stage + " " + place, actual));
  }

  /**
   * That it never came to this place.
   *
   * <pre>{@code
   * assertThat(trace).neverReached(Stage.STACK, "db"); // passes
   * assertThat(trace).neverReached(Stage.STACK, "web"); // fails
   * }</pre>
   */
  public TraceAssert neverReached(Stage stage, String place) {
    return verify(
        () ->
            !hasHop(hop -> isAt(hop, stage, place))
                ? null
                : new ShouldHaveWay("never to reach " + stage + " " + place, actual));
  }

  /**
   * That this router has sent it, or a copy of it, on.
   *
   * <pre>{@code
   * assertThat(lab.trace(query)).wentThrough(lab.router()); // passes
   * }</pre>
   */
  public TraceAssert wentThrough(Router router) {
    return verify(
        () ->
            hasHop(hop -> Probe.isRouted(hop, router))
                ? null
                : new ShouldHaveWay("to go through router " + router.name(), actual));
  }

  /**
   * That this router has sent neither it nor a copy of it on.
   *
   * <pre>{@code
   * assertThat(lab.trace(query)).neverWentThrough(lab.router()); // fails
   * }</pre>
   */
  public TraceAssert neverWentThrough(Router router) {
    return verify(
        () ->
            !hasHop(hop -> Probe.isRouted(hop, router))
                ? null
                : new ShouldHaveWay("never to go through router " + router.name(), actual));
  }

  /**
   * That it reached an end that it was meant for.
   *
   * <pre>{@code
   * assertThat(trace).wasDelivered(); // passes
   * // its ring was full
   * assertThat(trace).wasDelivered(); // fails
   * }</pre>
   */
  public TraceAssert wasDelivered() {
    return verify(
        () ->
            hasHop(hop -> hop.fate() == Hop.Fate.DELIVERED)
                ? null
                : new ShouldHaveWay("to be delivered", actual));
  }

  /**
   * That it reached no end that it was meant for.
   *
   * <pre>{@code
   * assertThat(trace).wasNotDelivered(); // fails
   * // its ring was full
   * assertThat(trace).wasNotDelivered(); // passes
   * }</pre>
   */
  public TraceAssert wasNotDelivered() {
    return verify(
        () ->
            !hasHop(hop -> hop.fate() == Hop.Fate.DELIVERED)
                ? null
                : new ShouldHaveWay("not to be delivered", actual));
  }

  /**
   * That it, or a copy, was dropped for this reason.
   *
   * <pre>{@code
   * assertThat(trace).wasDropped(DropReason.RING_FULL); // passes
   * assertThat(trace).wasDropped(DropReason.SPOOFED); // fails
   * }</pre>
   */
  public TraceAssert wasDropped(DropReason reason) {
    return verify(
        () ->
            hasHop(hop -> hop.reason() == reason)
                ? null
                : new ShouldHaveWay("to be dropped for " + reason, actual));
  }

  /**
   * That it, or a copy, was dropped at this place, or in this ring of it, for this reason.
   *
   * <pre>{@code
   * assertThat(trace).wasDroppedAt("p0", DropReason.RING_FULL); // passes
   * assertThat(trace).wasDroppedAt("p1", DropReason.RING_FULL); // fails
   * }</pre>
   */
  public TraceAssert wasDroppedAt(String place, DropReason reason) {
    return verify(
        () ->
            hasHop(hop -> hop.reason() == reason && isAt(hop, place))
                ? null
                : new ShouldHaveWay("to be dropped at " + place + " for " + reason, actual));
  }

  /**
   * That neither it nor a copy was dropped for a reason that somebody would mind.
   *
   * <pre>{@code
   * assertThat(trace).wasNotLost(); // passes
   * // its ring was full
   * assertThat(trace).wasNotLost(); // fails
   * }</pre>
   */
  public TraceAssert wasNotLost() {
    return verify(
        () -> !hasHop(TraceAssert::isLoss) ? null : new ShouldHaveWay("not to be lost", actual));
  }
}
