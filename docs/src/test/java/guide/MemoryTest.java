// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.memory.MemorySize.kibibytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.ChargedConsumer;
import dev.ringside.memory.Quota;
import dev.ringside.memory.QuotaConfig;
import dev.ringside.memory.QuotaRule;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.ring.Waiter;
import dev.ringside.steering.ContainmentPolicy;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static Lab open() {
    // tag::host[]
    LabBuilder lab = Lab.builder();
    lab.host("h1").pnics(2).virtualFunctions(4).vms("web", "db").memory(kibibytes(64));
    // end::host[]
    return lab.open();
  }

  @Test
  void a_packet_waits_for_its_share() {
    try (Lab lab = open()) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::wait[]
      host.memory().reserve("web", bytes(3_000));

      lab.wire().send(udp().to(web).payloadSize(1_400), 3); // frames of 1,442 bytes

      assertThat(host.memory().quota("web")).isWaiting().forBytes(1_442).hasUsed(2_884);
      web.inbox().release(1); // web is done with the first
      assertThat(web).received(3);
      // end::wait[]
      // tag::ring[]
      lab.wire().send(udp().to(web).payloadSize(1_400), 2);
      assertThat(host.pnic("p0").virtualFunction(0).receiveRing(0)).has(2).isInMode(RingMode.POLL);
      for (Waiter waiter : lab.waiters()) {
        System.out.println(waiter);
      }
      // end::ring[]
      Output.assertShown("waiters.txt", lab.waiters().get(0).toString());
      // tag::failover[]
      host.pnic("p0").fail();
      assertThat(host.memory().quota("web")).hasUsed(2_884).isNotWaiting();
      // end::failover[]
      web.inbox().clear();
    }
  }

  @Test
  void rules_and_patience_are_chosen() {
    try (Lab lab = open()) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::config[]
      QuotaConfig impatient = QuotaConfig.DEFAULT.lax().dropAfter(Duration.ofMillis(5));
      Quota quota = host.memory().reserve("web", bytes(1_500), impatient);

      lab.wire().send(udp().to(web).payloadSize(1_400), 3);
      assertThat(quota).hasUsed(2_884); // lax: one too many
      lab.advance(Duration.ofMillis(5));
      assertThat(lab).dropped(DropReason.OVER_QUOTA, 1);
      // end::config[]
      // tag::rule[]
      QuotaRule half = (used, amount, limit) -> used + amount <= limit / 2;
      host.memory().reserve("db", bytes(3_000), QuotaConfig.DEFAULT.withRule(half));
      // end::rule[]
      // tag::limit[]
      quota.setLimit(bytes(6_000));
      quota.delete();
      // end::limit[]
      assertThat(host.memory().hasQuota("web")).isFalse();
    }
  }

  @Test
  void packets_and_others_have_shares_too() {
    try (Lab lab = open()) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::destinations[]
      host.memory().reserve("dns", udp().port(53), bytes(1_500));
      host.memory().reserveForOthers(kibibytes(16));

      lab.wire().send(udp().to(web).port(53).payloadSize(1_400), 2);
      lab.wire().send(udp().to(web).port(80).payloadSize(1_400));

      assertThat(web).received(2); // port 80 does not wait behind port 53
      assertThat(host.memory().rings("dns").get(0).packets()).hasSize(1);
      // end::destinations[]
      web.inbox().release(2);
      assertThat(lab).hasNoWaiters();
    }
  }

  @Test
  void code_of_your_own_asks_for_blocks() {
    try (Lab lab = open()) {
      Host host = lab.host();
      List<Block> filled = new ArrayList<>();
      // tag::blocks[]
      Quota quota = host.memory().reserveForApplication("cache", bytes(1_000));
      Block first = quota.request(bytes(800)).block();

      BlockRequest second = quota.request(bytes(500));
      second.completion().thenAccept(filled::add);
      assertThat(second.isWaiting()).isTrue();

      first.release(); // and second has its block before this returns
      assertThat(second.block().size()).isEqualTo(500);
      // end::blocks[]
      assertThat(filled).hasSize(1);
    }
  }

  @Test
  void what_is_contained_is_charged_to_its_consumer() {
    try (Lab lab = open()) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      List<Packet> seen = new ArrayList<>();
      // tag::quarantine[]
      Quota quota = host.memory().reserveForApplication("quarantine", kibibytes(2));
      ChargedConsumer quarantine = quota.inFrontOf(seen::add);
      host.steering()
          .contain(
              udp().port(666), ContainmentPolicy.lowPriority(16, Duration.ofMillis(1), quarantine));

      lab.wire().send(udp().to(web).port(666).payloadSize(1_400), 3);
      lab.advance(Duration.ofMillis(2));
      assertThat(quota).hasUsed(1_442); // the others stay in the standby ring
      quarantine.release(1);
      // end::quarantine[]
      assertThat(seen).hasSize(1);
    }
  }
}
