// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.nic.NicListener;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.steering.Steering;
import org.jspecify.annotations.Nullable;

/** Passes what a NIC tells on to those of the host whom it concerns. */
final class CardEvents implements NicListener {

  private final Host host;
  private final Site site;
  private final HostPort port;
  private final @Nullable LinkAggregator aggregator;

  CardEvents(Host host, Site site, HostPort port, @Nullable LinkAggregator aggregator) {
    this.host = host;
    this.site = site;
    this.port = port;
    this.aggregator = aggregator;
  }

  @Override
  public void stateChanged(PhysicalNic nic) {
    Monitoring monitoring = host.monitoringIfAny();
    if (monitoring != null) {
      monitoring.stateChanged(nic);
    }
    port.cardChanged();
    if (aggregator != null) {
      aggregator.memberChanged(port);
    }
    site.changed(host);
  }

  @Override
  public void functionReleased(PhysicalNic nic) {
    host.tenancy().functionReleased();
    if (aggregator != null) {
      aggregator.functionReleased(port);
    }
  }

  @Override
  public void signalChanged(PhysicalNic nic, boolean on) {
    port.cable().setHostSignal(on);
  }

  @Override
  public void activating(PhysicalNic nic) {
    Steering steering = host.steeringIfAny();
    if (steering != null) {
      steering.activating(nic);
    }
    Monitoring monitoring = host.monitoringIfAny();
    if (monitoring != null) {
      monitoring.activating(nic);
    }
    site.changed(host);
  }

  @Override
  public void deactivated(PhysicalNic nic) {
    Steering steering = host.steeringIfAny();
    if (steering != null) {
      steering.deactivated(nic);
    }
    Monitoring monitoring = host.monitoringIfAny();
    if (monitoring != null) {
      monitoring.deactivated(nic);
    }
    site.changed(host);
  }
}
