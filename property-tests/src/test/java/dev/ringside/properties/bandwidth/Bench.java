// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.bandwidth;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three guests of one host that send to each other, and the packets that arrive in each tick. */
final class Bench implements AutoCloseable {

  static final int VMS = 3;
  static final Duration TICK = Duration.ofMillis(1);

  /** How the guests reach each other. */
  enum Path {
    FUNCTIONS,
    HOST_SWITCH,
    PROXIES,
    PROXIES_BESIDE_HOST_SWITCH,
    SEVERAL_CARDS,
    PROXIES_BESIDE_SEVERAL_CARDS
  }

  private final Lab lab;
  private final List<VirtualMachine> vms;
  private final List<Integer> seen = new ArrayList<>();
  private final long droppedBefore;
  private int number;

  Bench(Path path) {
    LabBuilder builder = Lab.builder();
    boolean several = path.name().contains("SEVERAL_CARDS");
    HostBuilder host = builder.host("h1").pnics(2).vms("vm0", "vm1", "vm2");
    if (!path.name().contains("HOST_SWITCH")) {
      host.virtualFunctions(VMS);
    }
    if (several) {
      host.aggregation(Aggregation.ACTIVE_ACTIVE);
    }
    if (path.name().contains("PROXIES")) {
      host.proxies();
    }
    lab = builder.open();
    vms = lab.host().vms();
    for (VirtualMachine vm : vms) {
      vm.announce(); // switches know them
    }
    lab.advance(Duration.ofSeconds(1));
    for (VirtualMachine vm : vms) {
      vm.inbox().clear();
      seen.add(0);
    }
    droppedBefore = lab.ledger().balance().dropped();
  }

  Lab lab() {
    return lab;
  }

  Host host() {
    return lab.host();
  }

  VirtualMachine vm(int index) {
    return vms.get(index);
  }

  void limit(int vm, @Nullable Long bytesPerTick) {
    vm(vm)
        .vnic()
        .setBandwidth(bytesPerTick == null ? null : Bandwidth.ofBytesPerTick(bytesPerTick, TICK));
  }

  /** Sends a packet with the next number; how long it is. */
  int send(int from, int to, int payload) {
    return vm(from).send(udp().to(vm(to)).port(++number).payloadSize(payload)).length();
  }

  int number() {
    return number;
  }

  /** The next tick begins. */
  void nextTick() {
    lab.advance(TICK);
  }

  /** The packets that a guest has received since it was last asked. */
  List<Packet> newlyReceived(int vm) {
    List<Packet> all = vm(vm).received();
    List<Packet> fresh = new ArrayList<>(all.subList(seen.get(vm), all.size()));
    seen.set(vm, all.size());
    return fresh;
  }

  /** The numbers of the packets of one guest that another one has received. */
  List<Integer> received(int vm, int from) {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : vm(vm).received()) {
      if (packet.is(IpProtocol.UDP) && packet.sourceMac().equals(vm(from).mac())) {
        numbers.add(packet.destinationPort());
      }
    }
    return numbers;
  }

  /** Packets that were dropped for whatever reason. */
  long dropped() {
    return lab.ledger().balance().dropped() - droppedBefore;
  }

  /** Packets that were dropped because they were more than the limits allow. */
  long lost() {
    return lab.ledger().dropped(DropReason.RATE_LIMITED);
  }

  @Override
  public void close() {
    lab.close();
  }
}
