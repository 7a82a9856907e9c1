// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.steering.Containment;
import dev.ringside.steering.Steering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what a host steers aside.
 *
 * <pre>{@code
 * assertThat(host.steering()).contains(tcp().syn().to(web).port(80));
 * }</pre>
 */
public class SteeringAssert extends AbstractRingsideAssert<SteeringAssert, Steering> {

  /** Assertions about this one. */
  public SteeringAssert(@Nullable Steering actual) {
    super(actual, SteeringAssert.class);
  }

  @Override
  protected String subject() {
    return "steering of host " + actual.hostName();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That these attacks and no others are contained, the oldest first, by the words of their
   * signatures.
   *
   * <pre>{@code
   * assertThat(steering).contains(tcp().syn()); // passes
   * assertThat(steering).contains(udp()); // fails
   * }</pre>
   */
  public SteeringAssert contains(PacketMatcher... signatures) {
    return verify(
        () -> {
          List<String> wanted = new ArrayList<>();
          for (PacketMatcher signature : signatures) {
            wanted.add(PacketMatcher.describe(signature));
          }
          List<String> found = contained();
          return found.equals(wanted)
              ? null
              : new ShouldHave(subject(), "contained " + wanted, "contained " + found, evidence());
        });
  }

  /**
   * That nothing is contained.
   *
   * <pre>{@code
   * assertThat(steering).containsNothing(); // passes
   * steering.contain(tcp().syn());
   * assertThat(steering).containsNothing(); // fails
   * }</pre>
   */
  public SteeringAssert containsNothing() {
    return contains();
  }

  private List<String> contained() {
    List<String> contained = new ArrayList<>();
    for (Containment containment : actual.containments()) {
      contained.add(PacketMatcher.describe(containment.signature()));
    }
    return contained;
  }
}
