// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.util.ArrayList;
import java.util.List;

/** All of them, in the order of the systems. */
final class PlantedDefects {

  private PlantedDefects() {}

  static List<Defect> all() {
    List<Defect> all = new ArrayList<>();
    all.addAll(QuotaDefects.all());
    all.addAll(SpreadingDefects.all());
    all.addAll(FailoverDefects.all());
    all.addAll(BufferDefects.all());
    all.addAll(TransferDefects.all());
    all.addAll(SteeringDefects.all());
    all.addAll(RoutingDefects.all());
    all.addAll(MigrationDefects.all());
    all.addAll(ProxyDefects.all());
    all.addAll(FlowDefects.all());
    all.addAll(MonitorDefects.all());
    all.addAll(BandwidthDefects.all());
    all.addAll(CommonDefects.all());
    return all;
  }
}
