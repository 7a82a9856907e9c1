// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.trace.Stage;
import java.util.List;

/**
 * What a sequence diagram shows: places from left to right, and what happened between them from top
 * to bottom.
 *
 * <pre>{@code
 * for (SequenceDiagram.Step step : diagram.steps()) {
 *   System.out.println(step.from() + " > " + step.to() + ": " + step.text());
 * }
 * }</pre>
 *
 * @param participants the places, from left to right
 * @param steps what happened, from top to bottom
 */
public record SequenceDiagram(List<Participant> participants, List<Step> steps) {

  /** Copies the lists. */
  public SequenceDiagram {
    participants = List.copyOf(participants);
    steps = List.copyOf(steps);
  }

  /**
   * A place.
   *
   * <pre>{@code
   * new SequenceDiagram.Participant(Stage.PNIC, "h1/p0", true)
   * }</pre>
   *
   * @param stage what kind of place
   * @param name its name, any text
   * @param marked whether it is what the failure points at
   */
  public record Participant(Stage stage, String name, boolean marked) {}

  /**
   * Something that happened.
   *
   * <pre>{@code
   * new SequenceDiagram.Step(SequenceDiagram.Kind.LOST, 2, 3, "#8 RING_FULL")
   * }</pre>
   *
   * @param kind what it is
   * @param from the index of the place that a packet came from, {@link #OUTSIDE} where it is not
   *     shown; of an event and a time, {@link #OUTSIDE}
   * @param to the index of the place at which it happened, {@link #OUTSIDE} for what concerns all
   * @param text what to say, any text
   */
  public record Step(Kind kind, int from, int to, String text) {

    /** Stands for a place that is not shown, or for all of them. */
    public static final int OUTSIDE = -1;
  }

  /**
   * What a step is.
   *
   * <pre>{@code
   * step.kind() == SequenceDiagram.Kind.LOST
   * }</pre>
   */
  public enum Kind {
    /** A packet came to a place and was not dropped there. */
    MOVED,
    /** A packet was lost at a place, or dropped where the failure points at. */
    LOST,
    /** A packet was dropped at a place that only did its work, such as a filter. */
    REFUSED,
    /** An event. */
    EVENT,
    /** Time has passed since the step before. */
    TIME
  }
}
