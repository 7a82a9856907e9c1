// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a virtual machine still sends to the gateway of its old place, and asks about those there.
 */
class FormerGatewayTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** web, peer and mate of subnet A on b1 of c1, db of subnet B on b2 of c2. */
  private Lab lab() {
    return lab(0);
  }

  private Lab lab(int functions) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    c1.blade("b1").virtualFunctions(functions).vms("web", "peer", "mate");
    ChassisBuilder c2 = builder.chassis("c2").subnets("B");
    c2.blade("b2").virtualFunctions(functions).vms("db");
    return labs.open(builder);
  }

  private static void move(Lab lab, MigrationConfig config) {
    Migration migration = lab.migrate(lab.vm("web")).config(config).to(lab.blade("b2"));
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
  }

  /** As one whose cache has not changed. */
  private static Packet sendByFormerGateway(Lab lab, int number) {
    return sendTo(lab, lab.router().port("A").mac(), number);
  }

  private static Packet sendTo(Lab lab, MacAddress gateway, int number) {
    VirtualMachine db = lab.vm("db");
    return lab.vm("web").send(udp().to(db.ipv4()).toMac(gateway).port(number).payload("n"));
  }

  private static boolean leftTheBlade(Lab lab, Packet packet) {
    return lab.trace(packet).hops().stream()
        .anyMatch(hop -> hop.stage() == Stage.WIRE && hop.place().equals("b2/p0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void its_mac_address_is_taken_over_for_the_alias_time_and_not_longer(int functions) {
    Lab lab = lab(functions);
    move(lab, MigrationConfig.DEFAULT.withAliasTime(MILLI));

    assertThat(leftTheBlade(lab, sendByFormerGateway(lab, 1))).isFalse();
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);

    lab.advance(MILLI);
    assertThat(leftTheBlade(lab, sendByFormerGateway(lab, 2))).isTrue();
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void each_guest_that_comes_begins_the_alias_time_anew() {
    Lab lab = lab(3);
    move(lab, MigrationConfig.DEFAULT.withAliasTime(MILLI.multipliedBy(2)));
    lab.advance(MILLI);
    Migration unused =
        lab.migrate(lab.vm("peer"))
            .config(MigrationConfig.DEFAULT.withAliasTime(MILLI.multipliedBy(2)))
            .to(lab.blade("b2"));

    lab.advance(MILLI);

    assertThat(leftTheBlade(lab, sendByFormerGateway(lab, 1))).isFalse();
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void with_the_router_its_addresses_are_gone() {
    Lab lab = lab(2);
    move(lab, MigrationConfig.DEFAULT);
    MacAddress router = lab.migrations().routerOf(lab.blade("b2")).portIn("A").mac();
    assertThat(leftTheBlade(lab, sendTo(lab, router, 1))).isFalse();
    lab.blade("b2").removeVm("db");

    Packet toRouter = lab.vm("web").send(udp().to(lab.wire().ipv4()).toMac(router).port(2));
    MacAddress former = lab.router().port("A").mac();
    Packet toFormer = lab.vm("web").send(udp().to(lab.wire().ipv4()).toMac(former).port(3));

    assertThat(lab.migrations().hasRouter(lab.blade("b2"))).isFalse();
    assertThat(leftTheBlade(lab, toRouter)).isTrue();
    assertThat(leftTheBlade(lab, toFormer)).isTrue();
  }

  @Test
  void the_router_announces_itself_to_those_who_knew_the_gateway() {
    Lab lab = lab();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    web.send(number(1, db));
    web.send(udp().to(db.ipv6()).port(2).payload("n"));

    move(lab, MigrationConfig.DEFAULT.withAliasTime(Duration.ZERO));
    web.send(number(3, db));
    web.send(udp().to(db.ipv6()).port(4).payload("n"));

    assertThat(numbers(db.received())).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void without_an_alias_time_it_has_no_route(int functions) {
    Lab lab = lab(functions);
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

  @Test
  void with_proxy_arp_those_of_its_subnet_that_are_here_are_reached_inside() {
    Lab lab = lab();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    move(lab, MigrationConfig.DEFAULT.withProxyArp(true));

    Packet sent = db.send(number(1, web));
    Packet sentByIpv6 = db.send(udp().to(web.ipv6()).port(2).payload("n"));
    web.send(udp().to(lab.vm("peer").ipv6()).port(3).payload("n"));

    assertThat(leftTheBlade(lab, sent)).isFalse();
    assertThat(leftTheBlade(lab, sentByIpv6)).isFalse();
    assertThat(numbers(web.received())).containsExactly(1, 2);
    assertThat(numbers(lab.vm("peer").received())).containsExactly(3);
  }

  @Test
  void proxy_arp_ends_with_the_last_one_that_has_asked_for_it() {
    Lab lab = lab();
    move(lab, MigrationConfig.DEFAULT.withProxyArp(true));
    Migration unused = lab.migrate(lab.vm("peer")).to(lab.blade("b2"));

    unused = lab.migrate(lab.vm("web")).to(lab.blade("b1"));
    lab.vm("peer").send(number(1, lab.vm("mate")));
    lab.advance(Duration.ofSeconds(5));

    assertThat(lab.vm("mate").received()).isEmpty();
  }
}
