// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.chassis.Blade;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.vm.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A controller empties a blade while traffic flows. As soon as it says that the blade is empty, the
 * blade is switched off, and nobody must notice: every packet arrives, once and in order.
 */
@ExtendWith(RingsideExtension.class)
@LabTopology(TwoChassis.class)
class EvacuationTest {

  private static final Path PICTURE = Path.of("target/evacuated.svg").toAbsolutePath();
  private static final int PATIENCE = 500;
  private static final int AFTERWARDS = 50;

  @Test
  void a_blade_is_emptied_and_switched_off_while_traffic_flows(Lab lab) throws IOException {
    String before = Inspect.switching(lab.chassis("c1").switchingTable());

    Evacuation evacuation = emptyAndSwitchOff(lab, Evacuation::new);

    System.out.println("Blade b1 is emptied while traffic flows\n\nSwitching table of c1 before");
    System.out.print(before);
    System.out.println("\nWhat the controller did");
    evacuation.log().forEach(line -> System.out.println("  " + line));
    System.out.println("\nChassis, switching table, virtual routers, and b3's memory, with b1 off");
    System.out.print(Inspect.chassis(lab.chassis("c1")));
    System.out.print(Inspect.switching(lab.chassis("c1").switchingTable()));
    System.out.print(Inspect.virtualRouters(lab.migrations()));
    System.out.print(Inspect.quotas(lab.blade("b3").memory()));
    Files.writeString(PICTURE, Picture.of(lab));
    System.out.println(
        "\npassed: all packets of all three arrived, once and in order. The lab now: " + PICTURE);
  }

  /** The same test, with a controller that takes a move for done when it has only begun. */
  @Test
  void a_controller_that_does_not_wait_for_the_commit_is_caught() {
    class Hasty extends Evacuation {
      Hasty(Lab lab, Blade blade) {
        super(lab, blade);
      }

      @Override
      boolean hasLeft(Migration migration) {
        return true;
      }
    }
    assertThatCaught(
        Hasty::new,
        """
        [left on a blade that the controller calls empty]\s
        Expecting empty but was: [web (02:52:53:01:00:01, 192.0.2.2, 2001:db8:53:1::2),
            cache (02:52:53:01:00:02, 192.0.2.3, 2001:db8:53:1::3),
            db (02:52:53:01:00:03, 198.51.100.2, 2001:db8:53:2::2)]""");
  }

  /**
   * The same test, with one that asks nobody for room, and takes every end of a move for success.
   */
  @Test
  void a_controller_that_does_not_look_how_a_move_ended_is_caught() {
    class Careless extends Evacuation {
      Careless(Lab lab, Blade blade) {
        super(lab, blade);
      }

      @Override
      boolean hasRoom(Host host, VirtualMachine vm) {
        return true;
      }

      @Override
      boolean hasLeft(Migration migration) {
        return migration.state() != MigrationState.RUNNING;
      }
    }
    assertThatCaught(
        Careless::new,
        """
        [left on a blade that the controller calls empty]\s
        Expecting empty but was: [web (02:52:53:01:00:01, 192.0.2.2, 2001:db8:53:1::2),
            db (02:52:53:01:00:03, 198.51.100.2, 2001:db8:53:2::2)]""");
  }

  private static void assertThatCaught(
      BiFunction<Lab, Blade, Evacuation> controller, String message) {
    try (Lab lab = Lab.of(new TwoChassis())) {
      assertThatThrownBy(() -> emptyAndSwitchOff(lab, controller))
          .isInstanceOf(AssertionError.class)
          .hasMessage(message);
      System.out.println("\ncaught: " + message);
    }
  }

  private static Evacuation emptyAndSwitchOff(
      Lab lab, BiFunction<Lab, Blade, Evacuation> controller) {
    TwoChassis.shareMemory(lab);
    Blade blade = lab.blade("b1");
    List<VirtualMachine> servers = blade.vms();
    Traffic traffic = new Traffic(lab, lab.vm("client"), servers);

    Evacuation evacuation = controller.apply(lab, blade);
    for (int i = 0; i < PATIENCE && evacuation.verdict() == Evacuation.Verdict.WORKING; i++) {
      traffic.flow();
    }

    assertThat(evacuation.verdict())
        .as("verdict of the controller, which did %s", evacuation.log())
        .isEqualTo(Evacuation.Verdict.EMPTY);
    assertThat(blade.vms()).as("left on a blade that the controller calls empty").isEmpty();
    blade.fail();
    for (int i = 0; i < AFTERWARDS; i++) {
      traffic.flow();
    }
    traffic.checkAllArrived();
    assertThat(lab).isBalanced().hasNoWaiters();
    return evacuation;
  }
}
