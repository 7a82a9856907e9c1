// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.migration.TwoSubnets.MILLI;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a virtual router is, and whom it leads where. */
class VirtualRouterTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static void move(Lab lab, String vm, String blade) {
    Migration migration = lab.migrate(lab.vm(vm)).to(lab.blade(blade));
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
  }

  private static VirtualRouter routerOf(Lab lab, String blade) {
    return lab.migrations().routerOf(lab.blade(blade));
  }

  private static PacketSpec ipv6(int number, VirtualMachine to) {
    return udp().to(to.ipv6()).port(number).payload("n");
  }

  private static List<String> routers(Lab lab, Packet packet) {
    return lab.trace(packet).hops().stream()
        .filter(hop -> hop.stage() == Stage.ROUTER)
        .map(Hop::place)
        .distinct()
        .toList();
  }

  @Test
  void it_says_what_it_joins_for_whom() {
    Lab lab = labs.open(TwoSubnets.builder());
    move(lab, "web", "b2");

    VirtualRouter router = routerOf(lab, "b2");

    assertThat(router).hasToString("virtual router of host b2 [A, B], joins [A-B for [web]]");
    assertThat(router.host()).isSameAs(lab.blade("b2"));
    assertThat(router.router().name()).isEqualTo("b2/vrouter");
    assertThat(router.dependants("B", "A")).isEqualTo(1);
    assertThat(router.dependants("A", "C")).isZero();
    assertThat(router.dependants("C", "B")).isZero();
    assertThat(router.dependants("A", "A")).isZero();
  }

  @Test
  void virtual_nics_have_mac_addresses_in_the_order_in_which_they_were_made() {
    Lab lab = labs.open(TwoSubnets.builder());
    move(lab, "web", "b2");
    move(lab, "peer", "b2");
    VirtualMachine unused = lab.blade("b1").addVm(VmSpec.named("next"));
    move(lab, "db", "b1");

    assertThat(routerOf(lab, "b2").portIn("A").mac()).hasToString("02:52:53:05:00:01");
    assertThat(routerOf(lab, "b2").portIn("B").mac()).hasToString("02:52:53:05:00:02");
    assertThat(routerOf(lab, "b1").portIn("A").mac()).hasToString("02:52:53:05:00:03");
    assertThat(routerOf(lab, "b1").portIn("B").mac()).hasToString("02:52:53:05:00:04");
  }

  @ParameterizedTest
  @EnumSource(AddressMode.class)
  void packets_of_both_ip_versions_stay_inside_the_blade(AddressMode mode) {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    Migration unused = lab.migrate(web).addresses(mode).to(lab.blade("b2"));

    for (Packet sent :
        List.of(
            web.send(number(1, db)),
            db.send(number(2, web)),
            web.send(ipv6(3, db)),
            db.send(ipv6(4, web)))) {
      assertThat(routers(lab, sent)).containsExactly("b2/vrouter");
    }

    assertThat(numbers(db.received())).containsExactly(1, 3);
    assertThat(numbers(web.received())).containsExactly(2, 4);
    List<IpAddress> addresses = routerOf(lab, "b2").portIn("A").addresses();
    assertThat(addresses.contains(lab.subnet("A").gateway()))
        .isEqualTo(mode == AddressMode.TAKEOVER);
    assertThat(addresses.contains(lab.subnet("A").ipv6Gateway()))
        .isEqualTo(mode == AddressMode.TAKEOVER);
  }

  @Test
  void what_is_for_others_goes_by_the_gateway_of_those_who_are_at_home_there() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    move(lab, "web", "b2");

    Packet sent = web.send(number(1, lab.wire()));
    Packet sentByIpv6 = web.send(udp().to(lab.wire().ipv6()).port(2).payload("n"));

    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
    assertThat(routers(lab, sent)).containsExactly("b2/vrouter", "router");
    assertThat(routers(lab, sentByIpv6)).containsExactly("b2/vrouter", "router");
  }

  @Test
  void where_nobody_is_at_home_it_joins_guests_and_leads_nowhere_else() {
    LabBuilder builder = TwoSubnets.builder();
    builder.subnet("C", "203.0.113.0/24");
    builder.chassis("c5").subnets("C").blade("b5");
    Lab lab = labs.open(builder);
    move(lab, "web", "b5");
    move(lab, "db", "b5");

    lab.vm("web").send(number(1, lab.vm("db")));
    lab.ledger().expectDrops(DropReason.NO_ROUTE);
    lab.vm("web").send(number(2, lab.wire()));

    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(lab.wire().received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.NO_ROUTE)).isEqualTo(1);
  }

  @Test
  void one_that_has_come_home_does_not_need_the_router_that_a_guest_has_there() {
    Lab lab = labs.open(TwoSubnets.builder());
    String routes = lab.vm("db").stack().routes().toString();
    move(lab, "web", "b2");
    move(lab, "db", "b1");
    move(lab, "web", "b1");

    assertThat(routerOf(lab, "b1").pairs()).hasToString("[A-B for [db]]");
    assertThat(lab.vm("db").stack().routes()).hasToString(routes);
    lab.vm("web").send(number(1, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void the_gateway_stays_taken_over_for_the_second_guest_and_ends_with_the_last() {
    Lab lab = labs.open(TwoSubnets.builder());
    move(lab, "web", "b2");
    move(lab, "peer", "b2");
    assertThat(routerOf(lab, "b2").portIn("A").addresses())
        .contains(lab.subnet("A").gateway(), lab.subnet("A").ipv6Gateway());

    Migration unused =
        lab.migrate(lab.vm("db")).addresses(AddressMode.NEW_ADDRESS).to(lab.blade("b1"));
    move(lab, "web", "b1");
    move(lab, "peer", "b1");

    assertThat(lab.migrations().hasRouter(lab.blade("b2"))).isFalse();
  }

  @Test
  void one_that_stays_behind_by_another_way_does_not_use_the_gateway_any_more() {
    Lab lab = labs.open(TwoSubnets.builder());
    move(lab, "web", "b2");
    Migration unused =
        lab.migrate(lab.vm("peer")).addresses(AddressMode.NEW_ADDRESS).to(lab.blade("b2"));

    move(lab, "web", "b1");

    assertThat(routerOf(lab, "b2").portIn("A").addresses())
        .doesNotContain(lab.subnet("A").gateway(), lab.subnet("A").ipv6Gateway());
  }

  @Test
  void within_a_subnet_there_is_none_at_any_time() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration migration = lab.migrate(lab.vm("web")).copyTime(MILLI).to(lab.blade("b3"));

    assertThat(lab.migrations().virtualRouters()).isEmpty();
    lab.advance(MILLI);
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
  }

  @Test
  void one_of_no_subnet_needs_none_and_disturbs_none() {
    LabBuilder builder = TwoSubnets.builder();
    builder.chassis("c5").blade("b5").vms("loner");
    Lab lab = labs.open(builder);
    move(lab, "loner", "b2");
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    move(lab, "loner", "b5");

    move(lab, "web", "b2");
    move(lab, "loner", "b2");

    assertThat(routerOf(lab, "b2").pairs()).hasToString("[A-B for [web]]");
    lab.vm("web").send(number(1, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }
}
