// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.migration.Migrations;
import dev.ringside.ring.Waiter;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnet;
import dev.ringside.trace.Ledger;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Station;
import java.util.List;

/**
 * What {@link Inspect} and {@link Picture} show as a whole: a lab is one.
 *
 * <pre>{@code
 * System.out.print(Inspect.lab(lab));
 * }</pre>
 */
public interface Inspectable {

  /** The hosts, in order; blades are among them. */
  List<Host> hosts();

  /** The chassis, in order. */
  List<BladeChassis> chassis();

  /** All cables to the switch outside and within the chassis. */
  List<Cable> cables();

  /** The switch outside the hosts. */
  LearningSwitch externalSwitch();

  /** The test's own station. */
  Station wire();

  /** The subnets, in order; none if there is no router. */
  List<Subnet> subnets();

  /**
   * The router between the subnets.
   *
   * @throws IllegalArgumentException if there are no subnets
   */
  Router router();

  /** The migrations, and the virtual routers that they have made. */
  Migrations migrations();

  /** All requests that wait, in the order in which they began. */
  List<Waiter> waiters();

  /** The fates of all packets. */
  Ledger ledger();
}
