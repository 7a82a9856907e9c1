// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.BddRingsideAssertions.then;
import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.as;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatExceptionOfType;
import static dev.ringside.assertj.RingsideAssertions.assertThatIllegalStateException;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.VIRTUAL_ROUTER;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.MultipleFailuresError;

class VirtualRouterAssertTest {

  private final Lab lab = MigrationLabs.twoSubnets();
  private final VirtualRouter router = router();

  private VirtualRouter router() {
    assertThat(lab.migrate(lab.vm("web")).to(lab.blade("b2"))).isCompleted();
    return lab.migrations().routerOf(lab.blade("b2"));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_router_joins_subnets_for_those_who_need_it() {
    assertThat(router)
        .isIn("B", "A")
        .joins("A", "B")
        .forVms("web")
        .joins("B", "A")
        .doesNotJoin("A", "C")
        .droppedNothing();
    fails(
        () -> assertThat(router).isIn("A"),
        """
        Expecting virtual router of host b2
          to have virtual NICs in [A]
          but it has virtual NICs in [A, B]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(router).joins("A", "C"),
        """
        Expecting virtual router of host b2
          to have A-C joined
          but it has [A-B for [web]] joined

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(router).doesNotJoin("B", "A"),
        """
        Expecting virtual router of host b2
          to have nobody for B-A
          but it has [A-B for [web]] joined

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(router).joins("A", "B").forVms("web", "peer"),
        """
        Expecting virtual router of host b2
          to have A-B joined for [peer, web]
          but it has [A-B for [web]] joined

        Replay with @LabSeed(0x5eedL)
        """);
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(router).forVms("web"))
        .withMessage("say first what: joins(\"A\", \"B\").forVms(web)");
  }

  @Test
  void a_router_stands_in_for_gateways_and_has_addresses_of_its_own() {
    assertThat(router)
        .standsInFor(lab.subnet("A"))
        .doesNotStandInFor(lab.subnet("B"))
        .hasAddressesIn(lab.subnet("A"))
        .hasAddressesIn(lab.subnet("B"));
    fails(
        () -> assertThat(router).standsInFor(lab.subnet("B")),
        """
        Expecting virtual router of host b2
          to have the addresses [198.51.100.1, 2001:db8:53:2::1] in subnet B
          but it has [198.51.100.3, 2001:db8:53:2::3]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(router).doesNotStandInFor(lab.subnet("A")),
        """
        Expecting virtual router of host b2
          to have none of the addresses [192.0.2.1, 2001:db8:53:1::1] in subnet A
          but it has [192.0.2.4, 2001:db8:53:1::4, 192.0.2.1, 2001:db8:53:1::1]

        Replay with @LabSeed(0x5eedL)
        """);
    assertThat(lab.migrate(lab.vm("web")).to(lab.blade("b1"))).isCompleted();
    fails(
        () -> assertThat(router).hasAddressesIn(lab.subnet("A")),
        """
        Expecting virtual router of host b2
          to have an IPv4 and an IPv6 address of its own in subnet A
          but it has []

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(router).joins("A", "B"),
        """
        Expecting virtual router of host b2
          to have A-B joined
          but it has nothing joined

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_router_drops_like_other_devices() {
    lab.vm("web").send(udp().to(lab.vm("db")).ttl(1));
    lab.ledger().expectDrops(DropReason.TTL);
    assertThat(router).dropped(DropReason.TTL, 1);
    fails(
        () -> assertThat(router).droppedNothing(),
        """
        Expecting virtual router of host b2
          to have dropped nothing
          but it has dropped
            TTL 1

                     0 ns  #19  STACK           web         injected: #19 udp 192.0.2.2:49152 > 198.51.100.2:9, 60 bytes
                     0 ns  #19  VNIC            web/vnic0   passed
                     0 ns  #19  VIRTUAL_SWITCH  b2/vswitch  passed
                     0 ns  #19  ROUTER          b2/vrouter  dropped, TTL: time to live 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void it_is_spoken_of_with_then_softly_and_from_collections() {
    then(router).joins("A", "B");
    assertThat(lab.migrations().virtualRouters()).first(as(VIRTUAL_ROUTER)).isIn("A", "B");
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                SoftRingsideAssertions.assertSoftly(
                    softly -> softly.assertThat(router).joins("A", "C").isIn("A")))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(2));
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () -> BddSoftRingsideAssertions.thenSoftly(softly -> softly.then(router).isIn("A")))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(1));
  }
}
