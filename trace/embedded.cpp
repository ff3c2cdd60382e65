// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/embedded.h"

#define SKBSCOPE_EMBEDDED(function, symbol)                                                                            \
    extern "C" const unsigned char symbol##_begin[], symbol##_end[];                                                   \
    namespace skbscope::trace::embedded {                                                                              \
    std::string_view function() {                                                                                      \
        const auto *begin = reinterpret_cast<const char *>(symbol##_begin);                                            \
        return {begin, reinterpret_cast<const char *>(symbol##_end)};                                                  \
    }                                                                                                                  \
    }

SKBSCOPE_EMBEDDED(functions, skbscope_catalogue_functions)
SKBSCOPE_EMBEDDED(calls, skbscope_catalogue_calls)
SKBSCOPE_EMBEDDED(pointed, skbscope_catalogue_pointed)
SKBSCOPE_EMBEDDED(available, skbscope_catalogue_available)
SKBSCOPE_EMBEDDED(skb_args, skbscope_catalogue_skb_args)
SKBSCOPE_EMBEDDED(returns, skbscope_catalogue_returns)
SKBSCOPE_EMBEDDED(roles, skbscope_catalogue_roles)
SKBSCOPE_EMBEDDED(not_modelled, skbscope_not_modelled)
