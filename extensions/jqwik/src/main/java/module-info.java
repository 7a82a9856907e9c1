// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Arbitraries, action chains and a lab per try for jqwik properties about network devices. */
@SuppressWarnings("requires-transitive-automatic") // jqwik has no descriptor.
module dev.ringside.jqwik {
  requires transitive dev.ringside;
  requires transitive net.jqwik.api;
  requires static transitive org.jspecify;

  exports dev.ringside.jqwik;
  exports dev.ringside.jqwik.model;
  exports dev.ringside.jqwik.scenario;
  exports dev.ringside.jqwik.system;

  provides net.jqwik.api.SampleReportingFormat with
      dev.ringside.jqwik.LabFormat,
      dev.ringside.jqwik.ScenarioFormat;
  provides net.jqwik.api.lifecycle.LifecycleHook with
      dev.ringside.jqwik.GivenSeed;
  provides net.jqwik.api.providers.ArbitraryProvider with
      dev.ringside.jqwik.LabProvider;
}
