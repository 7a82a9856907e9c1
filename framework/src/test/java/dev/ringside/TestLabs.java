// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens labs for a test, and after it checks that the laws hold in each of them. */
public final class TestLabs implements AfterEachCallback {

  private final List<Lab> labs = new ArrayList<>();

  /** A lab with one host, h1, of which this is said. */
  public Lab open(UnaryOperator<HostBuilder> host) {
    LabBuilder builder = Lab.builder();
    HostBuilder unused = host.apply(builder.host("h1"));
    return open(builder);
  }

  /** A lab as it was built. */
  public Lab open(LabBuilder builder) {
    Lab lab = builder.open();
    labs.add(lab);
    return lab;
  }

  /** The default lab: two NICs, four virtual functions each, vm1 and vm2. */
  public Lab open() {
    return open(Lab.builder());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (Lab lab : labs) {
      checkLaws(lab);
      lab.close();
    }
  }

  /** What holds at every quiescent point of every lab. */
  public static void checkLaws(Lab lab) {
    assertThat(lab.ledger().violations()).isEmpty();
    for (Host host : lab.hosts()) {
      checkBindings(host);
      if (host.hasAggregator()) {
        checkAggregation(host);
      }
    }
  }

  private static void checkBindings(Host host) {
    for (VirtualMachine vm : host.vms()) {
      List<String> functions = new ArrayList<>();
      for (PhysicalNic nic : host.pnics()) {
        for (VirtualFunction function : nic.virtualFunctions()) {
          if (vm.name().equals(function.owner())) {
            functions.add(nic.name());
          }
        }
      }
      String direct = vm.directAccessThrough();
      List<String> expected = direct == null ? List.of() : List.of(direct);
      assertThat(functions).isEqualTo(vm.hasAggregator() ? vm.aggregator().ports() : expected);
    }
  }

  private static void checkAggregation(Host host) {
    List<String> active = new ArrayList<>();
    for (PhysicalNic nic : host.pnics()) {
      if (nic.isActive()) {
        active.add(nic.name());
      }
    }
    assertThat(active).isEqualTo(host.aggregator().activeNames());
    for (VirtualMachine vm : host.vms()) {
      for (String name : host.pnics().stream().map(PhysicalNic::name).toList()) {
        assertThat(active.contains(name) || !vm.hasDirectAccessThrough(name)).isTrue();
      }
    }
  }

  /** The packets that somebody would miss, as reason and number. */
  public static Map<DropReason, Long> losses(Lab lab) {
    Map<DropReason, Long> losses = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      if (reason.isLoss() && lab.ledger().dropped(reason) > 0) {
        losses.put(reason, lab.ledger().dropped(reason));
      }
    }
    return losses;
  }

  // ---- numbered packets ----

  /** A packet that carries a number, as its destination port. */
  public static PacketSpec number(int number, dev.ringside.packet.Endpoint to) {
    return Packets.udp().to(to).port(number).payload("n");
  }

  /** The numbers of those packets that have one, in the order of arrival. */
  public static List<Integer> numbers(List<Packet> packets) {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : packets) {
      if (packet.is(IpProtocol.UDP)) {
        numbers.add(packet.destinationPort());
      }
    }
    return numbers;
  }

  /** The numbers from first to last. */
  public static List<Integer> range(int first, int last) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
