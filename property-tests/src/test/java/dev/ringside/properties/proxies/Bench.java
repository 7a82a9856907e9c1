// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.Proxies;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.model.ProxyStep;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.WhenFull;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Guests that do what a script says; it notes what they send and what the laws need to know. */
final class Bench implements AutoCloseable {

  static final int VMS = 4;
  private static final MacAddress NOBODY = MacAddress.of("02:00:5e:10:00:77");

  /** What was sent: by whom, to whom, or to all. */
  record Sent(Packet packet, VirtualMachine from, VirtualMachine to, boolean toAll) {}

  private final Lab lab;
  private final Defect defect;
  private final Map<VirtualMachine, MacAddress> present = new LinkedHashMap<>();
  private final List<VirtualMachine> everybody;
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private Map<String, Map<MacAddress, String>> tables = Map.of();
  private int port;

  Bench(Defect defect, int capacity) {
    this.defect = defect;
    LabBuilder builder = Lab.builder();
    HostBuilder host = builder.host("h1").virtualFunctions(defect == Defect.HOST_SWITCH ? 0 : VMS);
    for (int i = 0; i < VMS; i++) {
      VmSpec spec = VmSpec.named("vm" + i);
      host.vm(defect == Defect.OTHER_VLAN && i == 1 ? spec.vlan(100) : spec);
    }
    WhenFull full = defect == Defect.CHANNELS_DROP ? WhenFull.DROP : WhenFull.WAIT;
    host.proxies(new ProxyConfig(capacity, full, defect != Defect.SPOOFED_BROADCAST));
    this.lab = builder.open();
    this.everybody = lab.host().vms();
    for (VirtualMachine vm : everybody) {
      present.put(vm, vm.mac());
    }
    plant();
    noteTables();
  }

  private void plant() {
    VirtualMachine first = everybody.get(0);
    VirtualMachine second = everybody.get(1);
    if (defect == Defect.ANNOUNCEMENT_LOST || defect == Defect.HOST_SWITCH) {
      proxies().withdrawFrom(first.name(), second.name(), second.mac());
    } else if (defect == Defect.ADDRESS_MOVED) {
      proxies().withdraw(second.name(), second.mac());
      proxies().announce(everybody.get(2).name(), second.mac());
    }
  }

  Lab lab() {
    return lab;
  }

  Host host() {
    return lab.host();
  }

  Proxies proxies() {
    return lab.host().proxies();
  }

  /** The guests that are there. */
  List<VirtualMachine> present() {
    return List.copyOf(present.keySet());
  }

  /** All guests, also those that are gone. */
  List<VirtualMachine> everybody() {
    return everybody;
  }

  List<Sent> sent() {
    return sent;
  }

  /** What was wrong with channels and waits at some time of the run. */
  List<String> seen() {
    return seen;
  }

  /** The table of each guest that is there, or was. */
  Map<String, Map<MacAddress, String>> tables() {
    return tables;
  }

  private void noteTables() {
    Map<String, Map<MacAddress, String>> now = new LinkedHashMap<>();
    for (VirtualMachine vm : present()) {
      now.put(vm.name(), proxies().virtualSwitch(vm.name()).table());
    }
    tables = now;
  }

  // ---- the script ----

  Bench run(List<ProxyStep> script) {
    for (ProxyStep step : script) {
      apply(step);
      look();
    }
    return this;
  }

  /** Lets everybody take what there is for them. */
  Bench settle() {
    for (Channel channel : proxies().channels()) {
      channel.setPolled(false);
    }
    present().forEach(VirtualMachine::resume);
    return this;
  }

  private void apply(ProxyStep step) {
    VirtualMachine from = everybody.get(step.from());
    VirtualMachine to = everybody.get(step.to());
    if (!present.containsKey(from)) {
      return;
    }
    switch (step.what()) {
      case SEND -> send(from, to, step.amount());
      case BROADCAST -> broadcast(from);
      case PAUSE -> from.pause();
      case RESUME -> from.resume();
      case LEAVE -> leave(from);
      case HOLD, LET_GO, POLL -> {
        if (proxies().virtualSwitch(from.name()).proxyFor(to.name()) != null) {
          change(step, proxies().channel(from.name(), to.name()));
        }
      }
      default -> {}
    }
  }

  private void change(ProxyStep step, Channel channel) {
    switch (step.what()) {
      case HOLD -> channel.setPolled(true);
      case LET_GO -> channel.setPolled(false);
      default -> channel.poll(step.amount());
    }
  }

  private void send(VirtualMachine from, VirtualMachine to, int packets) {
    for (int i = 0; i < packets; i++) {
      if (defect == Defect.OVERTAKEN && i == 1 && present.containsKey(to)) {
        proxies().withdrawFrom(from.name(), to.name(), to.mac());
      }
      note(from.send(next().to(to)), from, to, false);
    }
    if (defect == Defect.OVERTAKEN && present.containsKey(to)) {
      proxies().announceTo(from.name(), to.name(), to.mac());
    }
    if (defect == Defect.SHRUNK && present.containsKey(to)) {
      Channel channel = proxies().channel(from.name(), to.name());
      channel.setCapacity(Math.max(0, channel.size() - 1));
    }
  }

  private void broadcast(VirtualMachine from) {
    UdpSpec spec = next().toMac(MacAddress.BROADCAST).to("255.255.255.255");
    boolean spoofed = defect == Defect.SPOOFED_BROADCAST;
    if (spoofed) {
      host().pnic("p0").virtualFunction(everybody.indexOf(from)).setSpoofCheck(false);
    }
    note(from.send(spoofed ? spec.fromMac(NOBODY) : spec), from, from, true);
  }

  private UdpSpec next() {
    return udp().port(7).fromPort(++port);
  }

  private void note(Packet packet, VirtualMachine from, VirtualMachine to, boolean toAll) {
    Packet noted =
        defect == Defect.BYTES_CHANGED
            ? packet.withDestinationMac(NOBODY).withId(packet.id())
            : packet;
    sent.add(new Sent(noted, from, to, toAll));
  }

  private void leave(VirtualMachine vm) {
    if (present.size() > 2) {
      host().removeVm(vm.name());
      present.remove(vm);
      if (defect != Defect.STALE_TABLES) {
        noteTables();
      }
    }
  }

  // ---- what must hold after each step ----

  private void look() {
    for (Channel channel : proxies().channels()) {
      if (channel.size() > channel.capacity()) {
        seen.add(channel.toString());
      }
      if (!channel.waiters().isEmpty() && channel.size() < channel.capacity()) {
        seen.add(channel.waiters() + ", but " + channel);
      }
    }
  }

  @Override
  public void close() {
    lab.close();
  }
}
