// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.SwitchingEntry;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the table by which a chassis finds virtual NICs.
 *
 * <pre>{@code
 * assertThat(chassis.switchingTable()).finds(web).on("b2").isRight();
 * }</pre>
 */
public class VirtualSwitchingTableAssert
    extends AbstractRingsideAssert<VirtualSwitchingTableAssert, VirtualSwitchingTable> {

  private @Nullable VirtualMachine asked;

  /** Assertions about this one. */
  public VirtualSwitchingTableAssert(@Nullable VirtualSwitchingTable actual) {
    super(actual, VirtualSwitchingTableAssert.class);
  }

  @Override
  protected String subject() {
    return "switching table of chassis " + actual.chassisName();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private VirtualSwitchingTableAssert has(String wanted, boolean holds, VirtualMachine vm) {
    return verify(
        () ->
            holds
                ? null
                : new ShouldHave(
                    subject(), wanted, actual.entries().toString(), evidence(), vm.name()));
  }

  /**
   * That it has an entry of this virtual machine, which is in the chassis or has left it for
   * another one.
   *
   * <pre>{@code
   * assertThat(switchingTable).finds(web); // passes
   * b1.removeVm("web");
   * assertThat(switchingTable).finds(web); // fails
   * }</pre>
   */
  public VirtualSwitchingTableAssert finds(VirtualMachine vm) {
    isNotNull();
    asked = vm;
    return has(vm.name(), actual.bladeOf(vm) != null, vm);
  }

  /**
   * That it has the virtual machine which was asked about last on this blade.
   *
   * <pre>{@code
   * assertThat(switchingTable).finds(web).on("b2"); // passes
   * assertThat(switchingTable).finds(web).on("b1"); // fails
   * }</pre>
   */
  public VirtualSwitchingTableAssert on(String blade) {
    isNotNull();
    VirtualMachine vm = asked;
    if (vm == null) {
      throw new IllegalStateException("say first whom: finds(web).on(\"" + blade + "\")");
    }
    Blade found = actual.bladeOf(vm);
    return has(vm.name() + " on " + blade, found != null && found.name().equals(blade), vm);
  }

  /**
   * That it has no entry of this virtual machine.
   *
   * <pre>{@code
   * assertThat(switchingTable).doesNotFind(web); // fails
   * b1.removeVm("web");
   * assertThat(switchingTable).doesNotFind(web); // passes
   * }</pre>
   */
  public VirtualSwitchingTableAssert doesNotFind(VirtualMachine vm) {
    isNotNull();
    return has("nothing of " + vm.name(), actual.bladeOf(vm) == null, vm);
  }

  /**
   * That every entry says where its virtual machine is.
   *
   * <pre>{@code
   * assertThat(switchingTable).isRight(); // passes
   * switchingTable.point(web, b2);
   * assertThat(switchingTable).isRight(); // fails
   * }</pre>
   */
  public VirtualSwitchingTableAssert isRight() {
    return verify(this::wrongEntries);
  }

  /** Why it is wrong; null if it is right. */
  @Nullable ShouldHave wrongEntries() {
    List<String> wanted = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SwitchingEntry entry : actual.entries()) {
      String place = entry.vm().hostName();
      if (!entry.blade().name().equals(place)) {
        wanted.add(entry.vm().name() + " on " + place);
        found.add(entry.toString());
        names.add(entry.vm().name());
      }
    }
    return wanted.isEmpty()
        ? null
        : new ShouldHave(
            subject(),
            wanted.toString(),
            found.toString(),
            evidence(),
            names.toArray(new String[0]));
  }
}
