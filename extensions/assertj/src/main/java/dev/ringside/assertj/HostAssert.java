// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a host.
 *
 * <pre>{@code
 * assertThat(host).hasPnics("p0"); // fails
 * assertThat(host).hasVms("web", "db").isAggregated();
 * }</pre>
 */
public class HostAssert extends AbstractRingsideAssert<HostAssert, Host> {
  /** Assertions about this one. */
  public HostAssert(@Nullable Host actual) {
    super(actual, HostAssert.class);
  }

  @Override
  protected String subject() {
    return "host " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That these are its physical NICs, in this order.
   *
   * <pre>{@code
   * assertThat(host).hasPnics("p0", "p1"); // passes
   * }</pre>
   */
  public HostAssert hasPnics(String... names) {
    return verify(
        () -> {
          List<String> found = actual.pnics().stream().map(PhysicalNic::name).toList();
          return found.equals(List.of(names))
              ? null
              : new ShouldHave(subject(), "PNICs " + List.of(names), found.toString(), evidence());
        });
  }

  /**
   * That these are its virtual machines, in this order.
   *
   * <pre>{@code
   * assertThat(host).hasVms("web", "db"); // passes
   * host.removeVm("db");
   * assertThat(host).hasVms("web", "db"); // fails
   * }</pre>
   */
  public HostAssert hasVms(String... names) {
    return verify(
        () -> {
          List<String> found = actual.vms().stream().map(VirtualMachine::name).toList();
          return found.equals(List.of(names))
              ? null
              : new ShouldHave(subject(), "VMs " + List.of(names), found.toString(), evidence());
        });
  }

  /**
   * That its NICs are aggregated.
   *
   * <pre>{@code
   * // two NICs, active/standby
   * assertThat(host).isAggregated(); // passes
   * // one NIC
   * assertThat(host).isAggregated(); // fails
   * }</pre>
   */
  public HostAssert isAggregated() {
    return verify(
        () ->
            actual.hasAggregator()
                ? null
                : new ShouldBe(subject(), "aggregated", "not", evidence()));
  }

  /**
   * That its NICs are not aggregated.
   *
   * <pre>{@code
   * // one NIC
   * assertThat(host).isNotAggregated(); // passes
   * // two NICs, active/standby
   * assertThat(host).isNotAggregated(); // fails
   * }</pre>
   */
  public HostAssert isNotAggregated() {
    return verify(
        () ->
            actual.hasAggregator()
                ? new ShouldBe(subject(), "without aggregation", "aggregated", evidence())
                : null);
  }

  /**
   * That it has not failed as a whole.
   *
   * <pre>{@code
   * assertThat(host).isWorking(); // passes
   * host.fail();
   * assertThat(host).isWorking(); // fails
   * }</pre>
   */
  public HostAssert isWorking() {
    return isFailed(false);
  }

  /**
   * That it has failed as a whole.
   *
   * <pre>{@code
   * host.fail();
   * assertThat(host).isFailed(); // passes
   * }</pre>
   */
  public HostAssert isFailed() {
    return isFailed(true);
  }

  private HostAssert isFailed(boolean wanted) {
    return verify(
        () ->
            actual.isFailed() == wanted
                ? null
                : new ShouldBe(
                    subject(),
                    wanted ? "failed" : "working",
                    wanted ? "working" : "failed",
                    evidence()));
  }
}
