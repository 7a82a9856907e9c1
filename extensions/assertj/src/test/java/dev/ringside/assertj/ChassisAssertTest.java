// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.BddRingsideAssertions.then;
import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.as;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatExceptionOfType;
import static dev.ringside.assertj.RingsideAssertions.assertThatIllegalStateException;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.BLADE_CHASSIS;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.INTERCONNECT;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.VIRTUAL_SWITCHING_TABLE;

import dev.ringside.Lab;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.Interconnect;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.MultipleFailuresError;

/** Chassis, their interconnects and their switching tables. */
class ChassisAssertTest {

  private final Lab lab = MigrationLabs.twoSubnets();
  private final VirtualMachine web = lab.vm("web");
  private final BladeChassis chassis = lab.chassis("c1");
  private final Interconnect interconnect = chassis.interconnect();
  private final VirtualSwitchingTable table = chassis.switchingTable();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_chassis_has_blades() {
    assertThat(chassis).hasBlades("b1", "b3");
    fails(
        () -> assertThat(chassis).hasBlades("b1"),
        """
        Expecting chassis c1
          to have blades [b1]
          but it has [b1, b3]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_chassis_is_connected_by_its_interconnect_and_the_shared_nic() {
    assertThat(chassis).isConnected();
    interconnect.fail();
    fails(
        () -> assertThat(chassis).isConnected(),
        """
        Expecting chassis c1
          to be connected
          but it is not: its interconnect has failed

                     0 ns  c1/interconnect: link down c1/interconnect

        Replay with @LabSeed(0x5eedL)
        """);
    interconnect.repair();
    chassis.networkInterface().fail();
    fails(
        () -> assertThat(chassis).isConnected(),
        """
        Expecting chassis c1
          to be connected
          but it is not: its shared NIC is ni0 (failed)

                     0 ns  c1/interconnect: link down c1/interconnect
                     0 ns  c1/interconnect: link up c1/interconnect

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void an_interconnect_works_or_has_failed() {
    assertThat(interconnect).isWorking().droppedNothing();
    fails(
        () -> assertThat(interconnect).isFailed(),
        """
        Expecting interconnect c1/interconnect
          to be failed
          but it is working

        Replay with @LabSeed(0x5eedL)
        """);
    interconnect.fail();
    assertThat(interconnect).isFailed();
    fails(
        () -> assertThat(interconnect).isWorking(),
        """
        Expecting interconnect c1/interconnect
          to be working
          but it is failed

                     0 ns  c1/interconnect: link down c1/interconnect

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void an_interconnect_hears_as_other_switches_do() {
    web.announce();
    assertThat(interconnect).hasHeard(web.mac(), lab.subnet("A").vlan()).on("b1/p0");
    fails(
        () -> assertThat(interconnect).hasNotHeard(web),
        """
        Expecting interconnect c1/interconnect
          to have heard nothing of 02:52:53:01:00:01
          but it has heard [vlan 101 02:52:53:01:00:01 b1/p0]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_table_finds_virtual_machines_on_blades() {
    assertThat(table).finds(web).on("b1").doesNotFind(lab.vm("db")).isRight();
    fails(
        () -> assertThat(table).finds(lab.vm("db")),
        """
        Expecting switching table of chassis c1
          to have db
          but it has [web on b1, peer on b1]

                     0 ns  c2: located db, b2

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(table).finds(web).on("b3"),
        """
        Expecting switching table of chassis c1
          to have web on b3
          but it has [web on b1, peer on b1]

                     0 ns  c1: located web, b1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(table).doesNotFind(web),
        """
        Expecting switching table of chassis c1
          to have nothing of web
          but it has [web on b1, peer on b1]

                     0 ns  c1: located web, b1

        Replay with @LabSeed(0x5eedL)
        """);
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(table).on("b1"))
        .withMessage("say first whom: finds(web).on(\"b1\")");
  }

  @Test
  void a_table_is_right_or_wrong() {
    assertThat(chassis).findsAll();
    table.point(web, lab.blade("b3"));
    fails(
        () -> assertThat(table).isRight(),
        """
        Expecting switching table of chassis c1
          to have [web on b1]
          but it has [web on b3]

                     0 ns  c1: located web, b1
                     0 ns  c1: located web, b3

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(chassis).findsAll(),
        """
        Expecting switching table of chassis c1
          to have [web on b1]
          but it has [web on b3]

                     0 ns  c1: located web, b1
                     0 ns  c1: located web, b3

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void they_are_spoken_of_with_then_softly_and_from_collections() {
    then(chassis).isConnected();
    then(interconnect).isWorking();
    then(table).isRight();
    assertThat(lab.chassis()).first(as(BLADE_CHASSIS)).hasBlades("b1", "b3");
    assertThat((Object) interconnect).asInstanceOf(INTERCONNECT).isWorking();
    assertThat((Object) table).asInstanceOf(VIRTUAL_SWITCHING_TABLE).isRight();
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                SoftRingsideAssertions.assertSoftly(
                    softly -> {
                      softly.assertThat(chassis).hasBlades();
                      softly.assertThat(interconnect).isFailed();
                      softly.assertThat(table).finds(web).on("b3");
                    }))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(3));
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                BddSoftRingsideAssertions.thenSoftly(
                    softly -> {
                      softly.then(chassis).hasBlades();
                      softly.then(interconnect).isFailed();
                      softly.then(table).doesNotFind(web);
                    }))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(3));
  }
}
