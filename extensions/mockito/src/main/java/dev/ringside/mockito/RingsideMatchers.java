// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.List;
import org.mockito.ArgumentMatchers;

/**
 * Arguments for Mockito's {@code when} and {@code verify}: packets by the sentence that builds and
 * recognizes them, devices and candidates by their names.
 *
 * <pre>{@code
 * verify(handler).handle(packet(udp().from(web).port(53)));
 * verify(policy).choose(allNamed("p1", "p2"), named("p0"));
 * when(policy.choose(anyList(), named("p0"))).thenAnswer(call -> ...);
 * }</pre>
 *
 * <p>As with all of Mockito's matchers, either all arguments of a call are matchers or none is.
 */
public final class RingsideMatchers {

  private RingsideMatchers() {}

  /**
   * A packet like this. If no call has one, the message tells which came nearest, and in which
   * fields it differs:
   *
   * <pre>
   * handler.handle(
   *     udp port 53 [nearest: #2 udp 198.18.255.254:49152 &gt; 198.18.0.1:54, 60 bytes, destination port: expected 53, was 54]
   * );
   * </pre>
   */
  public static Packet packet(PacketMatcher wanted) {
    return ArgumentMatchers.argThat(new PacketArgument(wanted));
  }

  /**
   * Whatever has this name: a device, by the one that is unique in the lab ({@code h1/p0}) or in
   * its host ({@code p0}), a virtual machine, what a policy is asked about.
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as all of Mockito's: the call says which
  public static <T> T named(String name) {
    return ArgumentMatchers.argThat(new NamedArgument<>(name));
  }

  /** A list of things with these names, in this order, and no others. */
  public static <T> List<T> allNamed(String... names) {
    return ArgumentMatchers.argThat(new NamedListArgument<>(List.of(names)));
  }
}
