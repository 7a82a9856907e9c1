// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.numbers;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a virtual machine still sends to the gateway of its old place, and asks about those there.
 */
class FormerGatewayTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** web and peer of subnet A on b1 of c1, db of subnet B on b2 of c2. */
  private Lab lab() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.chassis("c1").subnets("A").blade("b1").vms("web", "peer");
    builder.chassis("c2").subnets("B").blade("b2").vms("db");
    return labs.open(builder);
  }

  private static void move(Lab lab, MigrationConfig config) {
    Migration migration = lab.migrate(lab.vm("web")).config(config).to(lab.blade("b2"));
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
  }

  /** As one whose cache has not changed. */
  private static void sendByFormerGateway(Lab lab, int number) {
    MacAddress former = lab.router().port("A").mac();
    VirtualMachine db = lab.vm("db");
    lab.vm("web").send(udp().to(db.ipv4()).toMac(former).port(number).payload("n"));
  }

  @Test
  void its_mac_address_is_taken_over_for_the_alias_time_and_not_longer() {
    Lab lab = lab();
    move(lab, MigrationConfig.DEFAULT.withAliasTime(MILLI));

    sendByFormerGateway(lab, 1);
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);

    lab.advance(MILLI);
    sendByFormerGateway(lab, 2);
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void without_an_alias_time_it_has_no_route() {
    Lab lab = lab();
    move(lab, MigrationConfig.DEFAULT.withAliasTime(Duration.ZERO));
    lab.ledger().expectDrops(DropReason.NO_ROUTE);

    sendByFormerGateway(lab, 1);

    assertThat(lab.vm("db").received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.NO_ROUTE)).isEqualTo(1);
  }

  @Test
  void those_left_behind_are_reached_by_proxy_arp_if_that_is_asked_for() {
    Lab without = lab();
    move(without, MigrationConfig.DEFAULT);
    without.vm("web").send(udp().to(without.vm("peer").ipv4()).port(1).payload("n"));
    without.advance(Duration.ofSeconds(5));
    assertThat(without.vm("peer").received()).isEmpty();

    Lab with = lab();
    move(with, MigrationConfig.DEFAULT.withProxyArp(true));
    with.vm("web").send(udp().to(with.vm("peer").ipv4()).port(1).payload("n"));
    assertThat(numbers(with.vm("peer").received())).containsExactly(1);
  }
}
