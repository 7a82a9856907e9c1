// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * Attacks among good traffic: requests over TCP to port 8080, datagrams to port 53, pings.
 *
 * <pre>{@code
 * @Property
 * void web_gets_what_is_good(@ForAll AttackMix mix, Lab lab) {
 *   mix.attacks().forEach(attack -> lab.host().steering().contain(attack.signature(web)));
 *   mix.send(lab, web);
 *   assertThat(web.received()).hasSize(mix.good());
 * }
 * }</pre>
 *
 * @param parts the packets, in order
 */
public record AttackMix(List<Part> parts) {

  private static final int MAX_PARTS = 64;
  private static final int GOOD_KINDS = 3;
  private static final double GOOD_SHARE = 1 / 3.0;

  /** Copies the packets. */
  public AttackMix {
    parts = List.copyOf(parts);
  }

  /**
   * One packet.
   *
   * <pre>{@code
   * new AttackMix.Part(0, Attack.SYN_FLOOD, 17)
   * }</pre>
   *
   * @param pauseNanos how long after the one before it leaves
   * @param attack what it belongs to, null for good traffic
   * @param number makes it differ from others of its kind
   */
  public record Part(long pauseNanos, @Nullable Attack attack, int number) {

    /** Whether it belongs to no attack. */
    public boolean isGood() {
      return attack == null;
    }

    /** The packet. */
    public PacketSpec to(Endpoint victim) {
      return attack == null ? good(victim, number) : attack.packet(victim, number);
    }

    private static PacketSpec good(Endpoint receiver, int number) {
      int port = 49_152 + number % 16_384;
      return switch (number % GOOD_KINDS) {
        case 0 -> Packets.tcp().syn().to(receiver).port(8_080).fromPort(port);
        case 1 -> Packets.udp().to(receiver).port(53).fromPort(port).payload("query");
        default -> Packets.icmp().to(receiver).echoRequest(port, 1);
      };
    }
  }

  /** Up to 64 packets, of which two thirds belong to some of the attacks. */
  public static Arbitrary<AttackMix> arbitrary() {
    return Combinators.combine(
            Arbitraries.of(0L, 0L, 1_000L, 1_000_000L),
            Arbitraries.of(Attack.values()).injectNull(GOOD_SHARE),
            Arbitraries.integers().between(0, 1 << 16))
        .as(Part::new)
        .list()
        .ofMaxSize(MAX_PARTS)
        .map(AttackMix::new)
        .withoutEdgeCases();
  }

  /** The attacks that it has packets of. */
  public Set<Attack> attacks() {
    Set<Attack> attacks = EnumSet.noneOf(Attack.class);
    for (Part part : parts) {
      if (part.attack() != null) {
        attacks.add(part.attack());
      }
    }
    return attacks;
  }

  /** How many of its packets belong to no attack. */
  public int good() {
    int good = 0;
    for (Part part : parts) {
      good += part.isGood() ? 1 : 0;
    }
    return good;
  }

  /** The same without the packets of attacks, each at the time at which it was. */
  public AttackMix goodOnly() {
    List<Part> good = new ArrayList<>();
    long pause = 0;
    for (Part part : parts) {
      pause += part.pauseNanos();
      if (part.isGood()) {
        good.add(new Part(pause, null, part.number()));
        pause = 0;
      }
    }
    return new AttackMix(good);
  }

  /** Sends it all from the station, with its pauses. */
  public void send(Lab lab, Endpoint victim) {
    for (Part part : parts) {
      lab.advance(Duration.ofNanos(part.pauseNanos()));
      lab.wire().send(part.to(victim));
    }
  }
}
