// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.jqwik.TransferArbitraries;
import dev.ringside.jqwik.model.TransferStep;
import dev.ringside.packet.Endpoint;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.ProtocolPolicy;
import dev.ringside.transfer.ReceiveQueue;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.Transfers;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Transfers that do what a script says; it notes what the laws need to know. */
final class Bench implements AutoCloseable {

  static final int VMS = 4;
  static final int BUFFER = 1_000;
  private static final int POSTED = 16;

  /** A transfer, what it was to carry, and when its policy was asked last. */
  static final class Sent {
    final byte[] message;
    final byte[] given;
    final long[] askedAt = {-1};
    private final Protocol[] first = new Protocol[1];
    private Transfer transfer;
    private long unitsSeen;

    Sent(byte[] message) {
      this.message = message;
      this.given = message.clone();
    }

    Transfer transfer() {
      return transfer;
    }
  }

  private final Lab lab;
  private final Defect defect;
  private final Places places;
  private final Transfers transfers;
  private final List<Endpoint> nodes = new ArrayList<>();
  private final int[] posted = new int[VMS + 1];
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  /**
   * Opens a lab.
   *
   * @param lossEvery the shared NIC of the second chassis loses one frame of so many, 0: none
   */
  Bench(Defect defect, int lossEvery) {
    this.defect = defect;
    LabBuilder builder = Lab.builder();
    ChassisBuilder c0 = builder.chassis("c0").externalPnics(1);
    c0.blade("b0").pnics(2).vms("vm0", "vm1");
    c0.blade("b1").pnics(2).vms("vm2");
    ChassisBuilder c1 = builder.chassis("c1").externalPnics(1);
    c1.blade("b2").pnics(2).vms("vm3");
    c1.blade("b3").pnics(2);
    this.lab = builder.open();
    this.places = new Places(lab.transfers().whereabouts(), defect);
    this.transfers = new Transfers(lab.world(), places);
    if (lossEvery > 0) {
      lab.cable("c1/ni0").toHost().lose(Selector.every(lossEvery));
    }
    for (int i = 0; i < VMS; i++) {
      nodes.add(lab.vm("vm" + i));
    }
    nodes.add(lab.wire());
    prepareBuffers();
    plant();
  }

  private void prepareBuffers() {
    for (Endpoint node : nodes) {
      ReceiveQueue buffers = transfers.receiveQueue(node);
      buffers.setBufferBytes(BUFFER);
      buffers.setReposting(defect == Defect.SECRET_POST);
    }
    Arrays.fill(posted, POSTED);
  }

  private void plant() {
    if (defect == Defect.OTHER_WAY_OUT) {
      lab.blade("b0").aggregator().switchTo("p1");
    } else if (defect == Defect.JUMBO) {
      for (int i = 0; i < VMS; i++) {
        lab.vm("vm" + i).stack().setMtu(9_000);
      }
      lab.wire().stack().setMtu(9_000);
    }
  }

  Lab lab() {
    return lab;
  }

  List<Sent> sent() {
    return sent;
  }

  /** What was wrong at some time of the run. */
  List<String> seen() {
    return seen;
  }

  /** How many buffers a node has posted, as the script counts. */
  int posted(String node) {
    return posted[index(node)];
  }

  private int index(String node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(node)) {
        return i;
      }
    }
    throw new AssertionError(node);
  }

  // ---- the script ----

  Bench run(List<TransferStep> script) {
    for (TransferStep step : script) {
      apply(step);
      changeMessages();
      look();
    }
    return this;
  }

  private void apply(TransferStep step) {
    switch (step.what()) {
      case START -> start(step);
      case ALLOW -> allow(step.one() + step.other() + step.amount(), step.amount());
      case MOVE -> move(step.one(), step.other());
      case POST -> {
        transfers.receiveQueue(nodes.get(step.one())).post(step.amount());
        posted[step.one()] += step.amount();
      }
      case WAIT -> lab.advance(Duration.ofSeconds(2));
      case CLOSE -> transfers.receiveQueue(nodes.get(step.one())).close();
      case OPEN -> transfers.receiveQueue(nodes.get(step.one())).open();
      default -> {
        // what takes buffers or the interconnect away is not in these scripts
      }
    }
  }

  private void start(TransferStep step) {
    Endpoint from = nodes.get(step.one());
    Endpoint to = nodes.get(step.other() % VMS);
    if (from == to) {
      return;
    }
    Endpoint relay = nodes.get((step.one() + step.amount()) % VMS);
    boolean relays = step.amount() % 3 == 0 && relay != from && relay != to;
    Sent one = new Sent(TransferArbitraries.message(step.amount()));
    sent.add(one);
    one.transfer =
        transfers.start(
            relays ? VirtualNetworkPath.of(from, relay, to) : VirtualNetworkPath.of(from, to),
            one.given,
            TransferConfig.DEFAULT.withUnits(2).withPolicy(policy(one)));
    one.unitsSeen = one.transfer.units();
  }

  private ProtocolPolicy policy(Sent one) {
    return media -> {
      one.askedAt[0] = lab.topologyVersion();
      Protocol usual = ProtocolPolicy.byMedia().choose(media);
      if (defect == Defect.STICKY_POLICY) {
        one.first[0] = one.first[0] == null ? usual : one.first[0];
        return one.first[0].carriesOver(media) ? one.first[0] : usual;
      }
      return defect == Defect.ALWAYS_TCP || defect == Defect.OTHER_WAY_OUT
          ? Protocol.TCP_IP
          : usual;
    };
  }

  private void allow(int number, int units) {
    if (!sent.isEmpty()) {
      sent.get(number % sent.size()).transfer.allow(units);
    }
  }

  private void move(int node, int blade) {
    boolean inside = defect != Defect.OTHER_WAY_OUT;
    if (inside && nodes.get(node) instanceof VirtualMachine vm && !isOn(vm, blade)) {
      lab.host(vm.hostName()).tenancy().move(vm, lab.host("b" + blade), Duration.ofDays(1));
      vm.announce();
    }
  }

  private static boolean isOn(VirtualMachine vm, int blade) {
    return vm.hostName().equals("b" + blade);
  }

  private void changeMessages() {
    for (Sent one : defect == Defect.MESSAGE_CHANGED ? sent : List.<Sent>of()) {
      for (int i = 0; i < one.given.length; i++) {
        one.given[i]++;
      }
    }
  }

  /** Lets all go on, and everything happen that is due. */
  Bench settle() {
    for (Sent one : sent) {
      one.transfer.allow(Long.MAX_VALUE);
    }
    look();
    lab.advance(Duration.ofMinutes(10));
    look();
    return this;
  }

  // ---- looking ----

  private void look() {
    for (Endpoint node : nodes) {
      ReceiveQueue buffers = transfers.receiveQueue(node);
      if (buffers.credits() < 0 || buffers.outstanding() < 0) {
        seen.add("credits: " + buffers);
      }
      for (Endpoint other : nodes) {
        if (!places.media(node, other).equals(places.media(other, node))) {
          seen.add("lookup: " + node.name() + " and " + other.name() + " disagree");
        }
      }
    }
    for (Sent one : sent) {
      long units = one.transfer.units();
      if (units > one.unitsSeen && one.askedAt[0] != lab.topologyVersion()) {
        seen.add("version: " + one.transfer.path() + " went on with version " + one.askedAt[0]);
      }
      one.unitsSeen = units;
    }
  }

  /** What was seen of a kind. */
  List<String> seen(String kind) {
    List<String> found = new ArrayList<>();
    for (String line : seen) {
      if (line.startsWith(kind)) {
        found.add(line);
      }
    }
    return found;
  }

  @Override
  public void close() {
    lab.close();
  }
}
