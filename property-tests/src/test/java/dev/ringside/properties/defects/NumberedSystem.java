// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.util.ArrayList;
import java.util.List;

/**
 * The ten systems, what all virtual NICs can, and what all have in common, each with the suites
 * that hold it to its laws.
 */
enum NumberedSystem {
  S1("memory pool and quota", "quota.QuotaProperties"),
  S2("virtual link aggregator", "spreading.SpreadingProperties", "lacp.LacpProperties"),
  S3(
      "active/standby failover",
      "failover.FailoverTrafficProperties",
      "failover.FailoverProperties"),
  S4("transmit buffers", "buffers.BufferTrafficProperties", "buffers.BufferProperties"),
  S5("media-based transfer", "transfers.TransferTwinProperties", "transfers.TransferProperties"),
  S6(
      "standby ring",
      "steering.SteeringTwinProperties",
      "steering.ContainmentProperties",
      "steering.QuarantineProperties",
      "steering.SoftwareRingProperties"),
  S7(
      "routers and migration",
      "routing.RoutingProperties",
      "routing.AddressPoolProperties",
      "migration.MigrationProperties",
      "interactions.WholeLabProperties"),
  S8("proxy VNICs", "proxies.ProxyProperties"),
  S9("flow tables", "flows.FlowProperties", "flows.ChurnProperties"),
  S10(
      "monitor",
      "monitoring.MonitoringProperties",
      "monitoring.MonitoredFailoverProperties",
      "monitoring.AnyTrafficProperties"),
  BANDWIDTH("bandwidth of virtual NICs", "bandwidth.BandwidthProperties"),
  ALL(
      "what all have in common",
      "enforcement.EnforcementProperties",
      "switching.SwitchingProperties",
      "conservation.ConservationProperties",
      "isolation.IsolationProperties",
      "ordering.OrderingProperties",
      "bounds.BoundsProperties",
      "quiescence.QuiescenceProperties");

  private final String title;
  private final List<String> suites;

  NumberedSystem(String title, String... suites) {
    this.title = title;
    this.suites = List.of(suites);
  }

  /** In words. */
  String title() {
    return title;
  }

  /**
   * The names of its suites, without {@code dev.ringside.properties.} in front, and of those that
   * are everybody's.
   */
  List<String> allSuites() {
    List<String> all = new ArrayList<>(suites);
    if (this != ALL) {
      all.addAll(ALL.suites);
    }
    return all;
  }
}
