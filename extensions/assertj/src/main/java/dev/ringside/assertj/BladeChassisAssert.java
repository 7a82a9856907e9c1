// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a chassis.
 *
 * <pre>{@code
 * assertThat(lab.chassis("c1")).hasBlades("b1", "b2").isConnected().findsAll();
 * }</pre>
 */
public class BladeChassisAssert extends AbstractRingsideAssert<BladeChassisAssert, BladeChassis> {

  /** Assertions about this one. */
  public BladeChassisAssert(@Nullable BladeChassis actual) {
    super(actual, BladeChassisAssert.class);
  }

  @Override
  protected String subject() {
    return "chassis " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That these are its blades, in this order.
   *
   * <pre>{@code
   * assertThat(chassis).hasBlades("b1", "b2"); // passes
   * }</pre>
   */
  public BladeChassisAssert hasBlades(String... names) {
    return verify(
        () -> {
          List<String> found = new ArrayList<>();
          for (Blade blade : actual.blades()) {
            found.add(blade.name());
          }
          return found.equals(List.of(names))
              ? null
              : new ShouldHave(subject(), "blades " + List.of(names), found.toString(), evidence());
        });
  }

  /**
   * That its interconnect works, and its shared NIC reaches the network outside.
   *
   * <pre>{@code
   * assertThat(chassis).isConnected(); // passes
   * chassis.networkInterface().fail();
   * assertThat(chassis).isConnected(); // fails
   * }</pre>
   */
  public BladeChassisAssert isConnected() {
    return verify(
        () -> {
          String fault = fault();
          String label = actual.networkInterface().label();
          return fault == null
              ? null
              : new ShouldBe(
                  subject(), "connected", fault, evidence(), label, actual.interconnect().name());
        });
  }

  private @Nullable String fault() {
    if (actual.interconnect().isFailed()) {
      return "not: its interconnect has failed";
    }
    return actual.networkInterface().isUsable()
        ? null
        : "not: its shared NIC is " + actual.networkInterface();
  }

  /**
   * That its switching table says of every virtual machine where it is.
   *
   * <pre>{@code
   * assertThat(chassis).findsAll(); // passes
   * chassis.switchingTable().point(web, b2);
   * assertThat(chassis).findsAll(); // fails
   * }</pre>
   */
  public BladeChassisAssert findsAll() {
    isNotNull();
    VirtualSwitchingTableAssert table = new VirtualSwitchingTableAssert(actual.switchingTable());
    return verify(table::wrongEntries);
  }
}
