// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import dev.ringside.vm.VirtualMachine;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about switches that learn who is where.
 *
 * <pre>{@code
 * assertThat(lab.externalSwitch()).hasHeard(web).on("p1");
 * }</pre>
 *
 * @param <SELF> the type of the assertions themselves
 * @param <ACTUAL> the type of the switch
 */
public abstract class AbstractSwitchAssert<
        SELF extends AbstractSwitchAssert<SELF, ACTUAL>, ACTUAL extends LearningSwitch>
    extends AbstractDropperAssert<SELF, ACTUAL> {

  private @Nullable MacAddress heardMac;
  private int heardVlan;

  /** Assertions about this switch. */
  protected AbstractSwitchAssert(@Nullable ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "switch " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String heard() {
    return "heard " + (actual.stations().isEmpty() ? "nobody" : actual.stations());
  }

  /**
   * That it knows on which port this station is, in the VLAN of the station or else VLAN 1.
   *
   * <pre>{@code
   * assertThat(externalSwitch).hasHeard(web); // passes
   * // web never sent
   * assertThat(externalSwitch).hasHeard(web); // fails
   * }</pre>
   */
  public SELF hasHeard(Endpoint station) {
    int vlan = station instanceof VirtualMachine vm && vm.vlan() != 0 ? vm.vlan() : 1;
    return hasHeard(station.mac(), vlan);
  }

  /**
   * That it knows on which port this address is in this VLAN.
   *
   * <pre>{@code
   * assertThat(externalSwitch).hasHeard(web.mac(), 1); // passes
   * assertThat(externalSwitch).hasHeard(web.mac(), 2); // fails
   * }</pre>
   */
  public SELF hasHeard(MacAddress mac, int vlan) {
    heardMac = mac;
    heardVlan = vlan;
    return verify(
        () ->
            actual.portOf(mac, vlan) != null
                ? null
                : new ShouldHave(
                    subject(), "heard " + mac + " in VLAN " + vlan, heard(), evidence()));
  }

  /**
   * That the station which was asked about last is behind this port.
   *
   * <pre>{@code
   * assertThat(externalSwitch).hasHeard(web).on("p0"); // passes
   * assertThat(externalSwitch).hasHeard(web).on("p1"); // fails
   * }</pre>
   */
  public SELF on(String port) {
    return verify(
        () -> {
          MacAddress mac = heardMac;
          if (mac == null) {
            throw new IllegalStateException("say first whom: hasHeard(web).on(\"" + port + "\")");
          }
          SwitchPort found = actual.portOf(mac, heardVlan);
          return found != null && found.name().equals(port)
              ? null
              : new ShouldHave(
                  subject(),
                  "heard " + mac + " in VLAN " + heardVlan + " on port " + port,
                  heard(),
                  evidence());
        });
  }

  /**
   * That it knows nothing of this station, in no VLAN.
   *
   * <pre>{@code
   * assertThat(externalSwitch).hasNotHeard(web); // fails
   * // web never sent
   * assertThat(externalSwitch).hasNotHeard(web); // passes
   * }</pre>
   */
  public SELF hasNotHeard(Endpoint station) {
    return verify(
        () -> {
          String mac = " " + station.mac() + " ";
          return actual.stations().stream().noneMatch(line -> line.contains(mac))
              ? null
              : new ShouldHave(subject(), "heard nothing of " + station.mac(), heard(), evidence());
        });
  }
}
