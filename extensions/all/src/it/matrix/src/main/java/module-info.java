// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** A user's module, to which one line brings the usual set. */
module downstream {
  requires dev.ringside.all;
}
