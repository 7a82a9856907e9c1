// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** A project of modules that fails now and then. */
module downstream {
  requires dev.ringside.report;
}
