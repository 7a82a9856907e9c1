// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;

/**
 * A physical NIC as monitors see it.
 *
 * <pre>{@code
 * Rule rule = card.install(tcp().port(80), ring);
 * rule.remove();
 * }</pre>
 */
public interface MonitoredCard {

  /** The name, unique in its host, such as p0. */
  String name();

  /** The name in the lab: that of the host in front where there are several hosts. */
  String label();

  /** How many packets a receive ring of this card holds. */
  int ringCapacity();

  /**
   * Lets packets that match go to this ring, unless an earlier rule takes them.
   *
   * @throws IllegalStateException if the card has no room for another rule
   */
  Rule install(PacketMatcher match, MonitorRing ring);

  /** Takes a packet that was captured from this card on to where it would have gone. */
  void passOn(Packet packet, boolean bridgeFirst);

  /** Shows every packet that comes to a standby ring of this card to this sink, too. */
  void addSampler(PacketSink sampler);

  /** No longer shows them. */
  void removeSampler(PacketSink sampler);

  /** What became of the packets of this card that no monitor took. */
  Rest rest();

  /**
   * A rule on the card.
   *
   * <pre>{@code
   * rule.replace(tcp().port(443));
   * }</pre>
   */
  interface Rule {

    /** Lets other packets go to the ring, from the next one on. */
    void replace(PacketMatcher match);

    /** Takes the rule away, as if it had never been there. */
    void remove();
  }

  /**
   * The packets of a card that no monitor took.
   *
   * <pre>{@code
   * Rest rest = monitor.rest().get(0);
   * rest.offered() == rest.bridged() + rest.waiting()
   * }</pre>
   *
   * @param card the name of the card in the lab
   * @param offered how many were for the host's receive rings, including those they had no room for
   * @param bridged how many have left through the card at the other end of the bridge
   * @param waiting how many wait in the receive rings and in the bridge
   * @param bridge the name of the bridge in the lab, empty where there is none
   */
  record Rest(String card, long offered, long bridged, long waiting, String bridge) {}
}
