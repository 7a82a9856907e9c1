// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Hop;
import dev.ringside.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ping was not answered, or went another way than it should: tells where it, or its answer, was.
 *
 * <pre>{@code
 * Expecting VM web
 *   to reach db
 *   but its ping was dropped at ROUTER router, NO_ROUTE: [192.0.2.0/24 on link at A]
 * }</pre>
 */
public final class ShouldReach extends Failure {

  private ShouldReach(String subject, String wanted, String found, Trace way) {
    super(
        wanted,
        found,
        FailureText.expecting(subject).to(wanted).but(found).way(way).end(Evidence.of(way)));
  }

  /**
   * There was no answer.
   *
   * @param answer the way of the answer, null if there was none
   */
  public static ShouldReach answered(
      String subject, String target, Trace request, @Nullable Trace answer) {
    String wanted = "reach " + target;
    if (answer != null && !answer.hops().isEmpty()) {
      return new ShouldReach(subject, wanted, "the answer to its ping " + end(answer), answer);
    }
    boolean delivered = end(request).startsWith("was delivered");
    String found = "its ping " + end(request) + (delivered ? " and not answered" : "");
    return new ShouldReach(subject, wanted, found, request);
  }

  /** It was reached by this one. */
  public static ShouldReach notAnswered(String subject, String target, Trace answer) {
    return new ShouldReach(subject, "not reach " + target, "the answer " + end(answer), answer);
  }

  /** The ping or the answer went another way. */
  public static ShouldReach by(
      String subject, String target, String how, boolean isAnswer, Trace way) {
    String found = (isAnswer ? "the answer" : "its ping") + " went another way, and " + end(way);
    return new ShouldReach(subject, "reach " + target + " " + how, found, way);
  }

  private static String end(Trace way) {
    List<Hop> hops = way.hops();
    return hops.isEmpty() ? "left no trace; is tracing off?" : Way.end(hops.get(hops.size() - 1));
  }
}
