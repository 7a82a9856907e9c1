// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.jqwik.system.LabTwin.Fate;
import dev.ringside.jqwik.system.LabTwin.Sent;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.packet.UdpSpec;
import dev.ringside.stack.Inbox;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbered packets of a run: sends them, and looks who has received which. */
final class Traffic {

  /** The source port of all of them. */
  private static final int PORT = 4_242;

  private static final int MOST_PACKETS = 4;
  private static final int[] SIZES = {60, 1_442, 1_514};
  private static final int HEADER_BYTES = 42;
  private static final int NUMBER_BYTES = 4;

  private final LabRun run;
  private final Map<Inbox, Long> seen = new LinkedHashMap<>();

  Traffic(LabRun run) {
    this.run = run;
  }

  // ---- sending ----

  /** Amount: how many packets, of which size, of which kind. */
  static void send(LabRun run, LabStep step) {
    List<Endpoint> all = new ArrayList<>(run.vms());
    all.add(0, run.lab().wire());
    if (all.size() > 1) {
      int from = step.subject() % all.size();
      int to = (from + 1 + step.object() % (all.size() - 1)) % all.size();
      run.traffic().send(all.get(from), all.get(to), step.amount());
    }
  }

  private void send(Endpoint from, Endpoint to, int amount) {
    int packets = 1 + amount % MOST_PACKETS;
    int size = SIZES[amount / MOST_PACKETS % SIZES.length];
    int port = Rules.port(amount / MOST_PACKETS / SIZES.length);
    String sender = LabRun.nameOf(from);
    String receiver = LabRun.nameOf(to);
    run.says(
        "send "
            + packets
            + " x "
            + size
            + " bytes from "
            + sender
            + " to "
            + receiver
            + ":"
            + port);
    Fate fate = fate(from, to, port);
    long taken = run.rules().taken();
    long missed = missed();
    List<Sent> sent = new ArrayList<>(packets);
    for (int i = 0; i < packets; i++) {
      Sent packet = run.twin().sends(sender, receiver, port, fate);
      sent.add(packet);
      deliver(from, to, packet.number(), size, port);
    }
    receive();
    checkTaken(fate, packets, run.rules().taken() - taken);
    checkMissed(fate, sent, missed() - missed);
  }

  private void deliver(Endpoint from, Endpoint to, int number, int size, int port) {
    byte[] payload = ByteBuffer.allocate(size - HEADER_BYTES).putInt(number).array();
    UdpSpec packet = Packets.udp().to(to).fromPort(PORT).port(port).payload(payload);
    if (from instanceof VirtualMachine vm) {
      vm.send(packet);
    } else {
      run.lab().wire().send(packet);
    }
  }

  private Fate fate(Endpoint from, Endpoint to, int port) {
    Fate fate = run.twin().fate(LabRun.nameOf(from), LabRun.nameOf(to));
    boolean taken = fate == Fate.ARRIVES && run.rules().take(to, port) && passesCard(from, to);
    return taken ? Fate.TAKEN : fate;
  }

  /** Whether a packet passes a classifier of the receiver's host. */
  private boolean passesCard(Endpoint from, Endpoint to) {
    String host = run.twin().placeOf(LabRun.nameOf(to));
    if (host == null || !host.equals(run.twin().placeOf(LabRun.nameOf(from)))) {
      return host != null;
    }
    VirtualMachine sender = (VirtualMachine) from;
    return sender.directAccessThrough() != null
        || isBehindCards(run.lab().host(host), (VirtualMachine) to);
  }

  /** Whether the virtual switch has no port for it, since it has a function of each active NIC. */
  private static boolean isBehindCards(Host host, VirtualMachine vm) {
    LinkAggregator aggregator = host.aggregator();
    if (vm.directAccessThrough() == null) {
      return false;
    }
    return !vm.hasAggregator() || vm.aggregator().ports().equals(aggregator.activeNames());
  }

  private static void checkTaken(Fate fate, int packets, long taken) {
    long expected = fate == Fate.TAKEN ? packets : 0;
    boolean known =
        fate == Fate.TAKEN || fate == Fate.ARRIVES; // what is lost may stray past a rule
    if (known && taken != expected) {
      throw new AssertionError("rules have taken " + taken + " packets, expected " + expected);
    }
  }

  /** What a full ring has refused does not come; it is the last ones that it refuses. */
  private void checkMissed(Fate fate, List<Sent> sent, long missed) {
    List<Sent> open = new ArrayList<>(run.twin().due(sent.get(0).to()));
    open.retainAll(sent);
    if (fate == Fate.ARRIVES && missed > open.size()) {
      throw new AssertionError(missed + " packets are lost, and " + open + " have not arrived");
    }
    for (int i = 0; fate == Fate.ARRIVES && i < missed; i++) {
      run.twin().forgets(open.get(open.size() - 1 - i), Fate.LOST);
    }
  }

  private long missed() {
    return run.lab().ledger().dropped(DropReason.RING_FULL);
  }

  // ---- receiving ----

  /** Looks what has arrived since it was looked last. */
  void receive() {
    receive(run.lab().wire().inbox(), LabTwin.STATION);
    for (VirtualMachine vm : run.vms()) {
      receive(vm.inbox(), vm.name());
    }
  }

  private void receive(Inbox inbox, String who) {
    long before = seen.getOrDefault(inbox, 0L);
    long now = inbox.received();
    if (now == before) {
      return;
    }
    seen.put(inbox, now);
    List<Packet> packets = inbox.packets();
    int first = (int) Math.max(0, packets.size() - (now - before));
    for (Packet packet : packets.subList(first, packets.size())) {
      run.memory().received(who, packet);
      int number = numberOf(packet);
      if (number > 0 && isFor(packet, who)) {
        run.twin().receives(who, number);
      }
    }
  }

  /** The station sees what switches flood, too. */
  private boolean isFor(Packet packet, String who) {
    return !who.equals(LabTwin.STATION)
        || packet.destinationMacBits() == run.lab().wire().mac().bits();
  }

  /** The number of a packet, 0 if it has none. */
  static int numberOf(Packet packet) {
    boolean numbered =
        packet.is(IpProtocol.UDP)
            && packet.sourcePort() == PORT
            && packet.payloadLength() >= NUMBER_BYTES;
    return numbered ? packet.intAt(packet.payloadOffset()) : 0;
  }
}
