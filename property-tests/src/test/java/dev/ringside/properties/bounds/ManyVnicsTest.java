// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.bounds;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The largest lab: 64 NICs and 4,096 virtual NICs. The long build sends a million packets in a heap
 * of 1 GiB.
 */
class ManyVnicsTest {

  private static final int NICS = 64;
  private static final int VNICS = 4_096;
  private static final int FUNCTIONS_OF_A_NIC = 32;
  private static final int PACKETS = Integer.getInteger("ringside.many.packets", 10_000);

  private static Lab open(Aggregation aggregation) {
    LabBuilder builder = Lab.builder();
    HostBuilder host = builder.host("h1").pnics(NICS).virtualFunctions(FUNCTIONS_OF_A_NIC);
    for (int i = 0; i < VNICS; i++) {
      host.vm(VmSpec.named("vm" + i));
    }
    host.aggregation(aggregation);
    return builder.open();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "ACTIVE_STANDBY"})
  void each_packet_arrives_and_the_laws_hold(Aggregation aggregation) {
    try (Lab lab = open(aggregation)) {
      List<VirtualMachine> vms = lab.host().vms();
      lab.wire().announce();
      for (VirtualMachine vm : vms) {
        vm.send(udp().to(lab.wire()).port(9)); // the switches know where it is
      }
      assertThat(lab.wire().inbox().received()).isEqualTo(VNICS);
      for (int n = 0; n < PACKETS; n++) {
        VirtualMachine target = vms.get(n % VNICS);
        send(lab, n % 3 == 0 ? null : vms.get(neighbour(n % VNICS)), target);
        Packet got = target.inbox().poll();
        assertThat(got == null ? "nothing for " + target : "").isEmpty();
      }
      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(lab.ledger().live()).isZero();
    }
  }

  /** Of the same kind as a rule, with a function or without: nothing is flooded then. */
  private static int neighbour(int number) {
    int half = VNICS / 2;
    return number / half * half + (7 * number + 13) % half;
  }

  private static void send(Lab lab, @Nullable VirtualMachine from, VirtualMachine target) {
    if (from == null) {
      lab.wire().send(udp().to(target).port(53));
    } else {
      from.send(udp().to(target).port(53));
    }
  }
}
