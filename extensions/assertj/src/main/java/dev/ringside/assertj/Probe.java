// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;

import dev.ringside.packet.ControlSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.routing.Router;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ping that an assertion sends, and what came of it. */
final class Probe {

  /** "RS", so that it can be told from the test's own pings. */
  private static final int IDENTIFIER = 0x5253;

  private final VirtualMachine from;
  private final Endpoint to;
  private final Packet request;
  private final PacketMatcher answer;
  private final long before;

  private Probe(VirtualMachine from, Endpoint to, ControlSpec<?> ping, boolean ipv6) {
    this.from = from;
    this.to = to;
    this.before = from.inbox().received();
    this.request = from.send(ping.to(to).payload("ringside probe"));
    this.answer = ipv6 ? icmpv6().echoReply(request) : icmp().echoReply(request);
  }

  static Probe overIpv4(VirtualMachine from, Endpoint to) {
    return new Probe(from, to, icmp().echoRequest(IDENTIFIER, sequence(from)), false);
  }

  static Probe overIpv6(VirtualMachine from, Endpoint to) {
    return new Probe(from, to, icmpv6().echoRequest(IDENTIFIER, sequence(from)), true);
  }

  private static int sequence(VirtualMachine from) {
    return (int) from.inbox().received() & 0xffff;
  }

  /** Lets time pass, unless the answer is there. */
  Probe within(Duration time) {
    if (!isAnswered()) {
      from.inbox().world().advance(time);
    }
    return this;
  }

  Endpoint to() {
    return to;
  }

  boolean isAnswered() {
    List<Packet> packets = from.inbox().packets();
    long arrived = Math.min(from.inbox().received() - before, packets.size());
    for (Packet packet : packets.subList(packets.size() - (int) arrived, packets.size())) {
      if (answer.matches(packet)) {
        return true;
      }
    }
    return false;
  }

  private Journal journal() {
    return from.inbox().world().journal();
  }

  /** The way of the request. */
  Trace request() {
    return lineOf(request);
  }

  /** The way of the answer; null if none was sent, or nothing is known of it. */
  @Nullable Trace answer() {
    for (JournalEntry entry : journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.packet().id() > request.id() && answer.matches(hop.packet())) {
        return lineOf(hop.packet());
      }
    }
    return null;
  }

  /** Whether a router has sent the packet on at this step. */
  static boolean isRouted(Hop hop, Router router) {
    return hop.stage() == Stage.ROUTER
        && hop.fate() == Hop.Fate.PASSED
        && hop.place().equals(router.name());
  }

  /** Whether the packet is outside any host at this step. */
  static boolean isOutside(Hop hop) {
    return hop.stage() == Stage.WIRE
        || hop.stage() == Stage.INTERCONNECT
        || hop.stage() == Stage.EXTERNAL_SWITCH;
  }

  /** Of the copies that floods made, the one counts that was delivered, or else the packet. */
  private Trace lineOf(Packet packet) {
    Trace all = journal().trace(packet);
    for (Hop end : all.ends()) {
      if (end.fate() == Hop.Fate.DELIVERED) {
        return all.lineOf(end.packet().id());
      }
    }
    return all.lineOf(packet.id());
  }
}
