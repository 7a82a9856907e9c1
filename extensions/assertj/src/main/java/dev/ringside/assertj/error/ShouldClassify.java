// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.flow.FlowWalk;

/**
 * A flow table decides otherwise about a packet: tells the walk, and the nearest miss.
 *
 * <pre>{@code
 * Expecting flow table edge
 *   to end in ring 2
 *   but it ends in ring 3
 *
 * tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
 *   in flow table edge: ring 3
 *   0 tcp port 81 -> ring 2: destination port: expected 81, was 80
 *   1 tcp -> ring 3: matches
 * nearest miss: 0 tcp port 81 -> ring 2: destination port: expected 81, was 80
 * }</pre>
 */
public final class ShouldClassify extends Failure {

  /** Says it. */
  public ShouldClassify(String subject, String wanted, String found, FlowWalk walk) {
    super(wanted, found, text(subject, wanted, found, walk));
  }

  private static FailureText text(String subject, String wanted, String found, FlowWalk walk) {
    FailureText text = FailureText.expecting(subject).to(wanted).but(found);
    return text.after(walk.toString().stripTrailing());
  }
}
