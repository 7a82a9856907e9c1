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
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.routing.Route;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The router outside has routes to a guest as long as that can be reached by them. */
class HostRouteTest {

  private static final MigrationConfig HOST_ROUTES = MigrationConfig.DEFAULT.withHostRoutes(true);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static Migration move(Lab lab, MigrationConfig config, String blade) {
    return lab.migrate(lab.vm("web")).config(config).to(lab.blade(blade));
  }

  /** The gateways of the routes to these addresses of their own. */
  private static List<IpAddress> gateways(Lab lab, VirtualMachine vm) {
    List<IpAddress> gateways = new ArrayList<>();
    for (IpAddress ip : List.of(vm.ipv4(), vm.ipv6())) {
      Route route = lab.router().routes().get(IpPrefix.of(ip));
      if (route != null) {
        gateways.add(route.nextHop(ip));
      }
    }
    return gateways;
  }

  @Test
  void they_lead_to_the_address_of_its_router_in_the_subnet_that_is_at_home_there() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");

    Migration unused = move(lab, HOST_ROUTES, "b2");

    List<IpAddress> addresses = lab.migrations().routerOf(lab.blade("b2")).portIn("B").addresses();
    assertThat(gateways(lab, web)).containsExactlyElementsOf(addresses);
    lab.wire().send(number(1, web));
    lab.wire().send(udp().to(web.ipv6()).port(2).payload("n"));
    assertThat(numbers(web.received())).containsExactly(1, 2);
  }

  @Test
  void they_end_when_it_moves_on_without_them_or_comes_home() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    Migration unused = move(lab, HOST_ROUTES, "b2");

    unused = move(lab, HOST_ROUTES, "b1");

    assertThat(gateways(lab, web)).isEmpty();
    lab.wire().send(number(1, web));
    assertThat(numbers(web.received())).containsExactly(1);
  }

  @Test
  void they_end_with_it_so_that_the_next_one_with_its_address_is_found() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    Migration unused = lab.migrate(lab.vm("peer")).to(lab.blade("b2"));
    unused = move(lab, HOST_ROUTES, "b2");

    lab.blade("b2").removeVm("web");
    VirtualMachine next = lab.blade("b1").addVm(VmSpec.named("next"));

    assertThat(next.ipv4()).isEqualTo(web.ipv4());
    lab.wire().send(number(1, next));
    assertThat(numbers(next.received())).containsExactly(1);
  }

  @Test
  void they_end_with_the_last_one_at_home_there() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    Migration unused = move(lab, HOST_ROUTES, "b2");

    lab.blade("b2").removeVm("db");
    assertThat(gateways(lab, web)).hasSize(2);
    lab.blade("b2").removeVm("db2");

    assertThat(gateways(lab, web)).isEmpty();
  }

  @Test
  void a_router_that_comes_after_the_move_brings_them() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");

    Migration unused = move(lab, HOST_ROUTES.withRouterAfterMove(MILLI, false), "b2");
    assertThat(gateways(lab, web)).isEmpty();
    lab.advance(MILLI);

    lab.wire().send(number(1, web));
    assertThat(numbers(web.received())).containsExactly(1);
  }

  @Test
  void one_that_ends_before_its_router_comes_gets_none() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    Migration unused = move(lab, HOST_ROUTES.withRouterAfterMove(MILLI, false), "b2");

    lab.blade("b2").removeVm("web");
    lab.advance(MILLI);

    assertThat(gateways(lab, web)).isEmpty();
    assertThat(lab.migrations().virtualRouters()).isEmpty();
  }

  @Test
  void one_whose_subnet_gets_no_router_gets_none_by_the_router_of_others() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/30"); // the gateway and web
    builder.subnet("B", "198.51.100.0/24");
    builder.subnet("C", "203.0.113.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    c1.blade("b1").vms("web");
    builder.chassis("c2").subnets("B").blade("b2").vms("app");
    builder.chassis("c3").subnets("C").blade("b3").vms("db");
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");
    Migration app = lab.migrate(lab.vm("app")).to(lab.blade("b3"));

    Migration back = move(lab, HOST_ROUTES.withRouterAfterMove(MILLI, false), "b3");
    assertThat(gateways(lab, web)).isEmpty();
    lab.advance(MILLI);

    assertThat(app.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(back.state()).isEqualTo(MigrationState.ROLLED_BACK);
    lab.wire().send(number(1, web));
    assertThat(numbers(web.received())).containsExactly(1);
  }
}
