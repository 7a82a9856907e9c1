// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.transfer.Protocol.LOOPBACK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each move changes the topology, and open transfers choose anew at their next unit. */
class OpenTransfersTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** web of subnet A on b1, mate of A on b3, both in c1; db of subnet B on b2 of c2. */
  private Lab lab(int functions) {
    return lab(functions, new String[] {"A", "B"}, new String[] {"A", "B"});
  }

  /** The same, with these subnets carried to the first and to the second chassis. */
  private Lab lab(int functions, String[] toFirst, String[] toSecond) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets(toFirst);
    c1.blade("b1").virtualFunctions(functions).vms("web");
    c1.blade("b3").virtualFunctions(functions).vms("mate");
    builder.chassis("c2").subnets(toSecond).blade("b2").virtualFunctions(functions).vms("db");
    return labs.open(builder);
  }

  private static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return message;
  }

  private static Transfer start(Lab lab, String from, String to, int units) {
    return lab.transfer(
        VirtualNetworkPath.of(lab.vm(from), lab.vm(to)),
        message(300_000),
        TransferConfig.DEFAULT.withUnits(units));
  }

  private static List<Protocol> protocols(Transfer transfer) {
    return transfer.hops().get(0).stretches().stream().map(Stretch::protocol).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void two_that_come_together_have_memory_although_they_are_routed(int functions) {
    Lab lab = lab(functions);
    Transfer transfer = start(lab, "web", "db", 10);
    assertThat(transfer.acknowledgedBytes()).isEqualTo(14_600);

    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    transfer.allow(1);

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(300_000));
    assertThat(protocols(transfer)).containsExactly(TCP_IP, LOOPBACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void a_receiver_that_leaves_the_chassis_is_followed_by_tcp(int functions) {
    Lab lab = lab(functions);
    Transfer transfer = start(lab, "web", "mate", 2);

    Migration unused = lab.migrate(lab.vm("mate")).to(lab.blade("b2"));
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(30));

    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(message(300_000));
    assertThat(protocols(transfer)).containsExactly(RDMA, TCP_IP);
  }

  @Test
  void a_receiver_that_moves_out_of_reach_of_its_subnet_fails_with_the_count() {
    Lab lab = lab(0, new String[] {"A"}, new String[] {"B"});
    Transfer transfer = start(lab, "web", "mate", 2);

    Migration unused = lab.migrate(lab.vm("mate")).to(lab.blade("b2"));
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofMinutes(5));

    assertThat(transfer.failure())
        .isEqualTo(
            "web>mate: no answer from mate to 9 attempts; 131072 of 300000 bytes were"
                + " acknowledged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "db"})
  void an_end_that_stands_still_begins_and_takes_nothing_until_it_runs_again(String mover) {
    Lab lab = lab(0);
    lab.cable("c1/ni0").toNetwork().setLatency(Duration.ofMillis(1));
    Transfer transfer = start(lab, "web", "db", Integer.MAX_VALUE);
    lab.advance(Duration.ofMillis(4));
    String target = mover.equals("web") ? "b2" : "b1";

    Migration migration =
        lab.migrate(lab.vm(mover)).copyTime(Duration.ofMillis(50)).to(lab.blade(target));
    long units = transfer.units();
    lab.advance(Duration.ofMillis(20));
    assertThat(migration.state()).isNotEqualTo(MigrationState.COMPLETED);
    if (mover.equals("web")) {
      assertThat(transfer.units()).isEqualTo(units);
    }
    lab.advance(Duration.ofSeconds(30));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(message(300_000));
    assertThat(protocols(transfer)).containsExactly(TCP_IP, LOOPBACK);
  }

  @Test
  void a_paused_end_holds_a_hand_over_up() {
    Lab lab = lab(0);
    VirtualMachine mate = lab.vm("mate");
    mate.pause();

    Transfer transfer = start(lab, "web", "mate", Integer.MAX_VALUE);
    assertThat(transfer.units()).isZero();
    mate.resume();

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(protocols(transfer)).containsExactly(RDMA);
  }

  @Test
  void a_relay_that_moves_alters_nothing() {
    Lab lab = lab(0);
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(lab.vm("web"), lab.vm("mate"), lab.vm("db")),
            message(400_000),
            TransferConfig.DEFAULT.withUnits(20));

    Migration unused = lab.migrate(lab.vm("mate")).to(lab.blade("b2"));
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(30));

    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(message(400_000));
  }

  @Test
  void there_and_back_again_no_byte_comes_twice() {
    Lab lab = lab(2);
    Transfer transfer = start(lab, "web", "mate", 0);
    for (String blade : List.of("b2", "b3", "b1", "b3")) {
      transfer.allow(2);
      Migration unused = lab.migrate(lab.vm("mate")).to(lab.blade(blade));
      lab.advance(Duration.ofSeconds(5));
    }
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(30));

    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(message(300_000));
  }
}
