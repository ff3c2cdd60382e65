# SPDX-License-Identifier: GPL-2.0-or-later
# A packet runs each line of its way about once: what it costs is fetching the code. So gcc is told which lines run
# (tools/training), lays them out one after the other, and puts the others elsewhere.
option(SKBSCOPE_TRAIN "Lay the model's code out by what a run of it counts (GCC, Ninja, RelWithDebInfo)" OFF)

# Call it at the end, when the model's target is known.
function(skbscope_train_stack)
    if(NOT SKBSCOPE_TRAIN OR SKBSCOPE_SANITIZE OR CMAKE_CROSSCOMPILING OR NOT CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo"
       OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        return()
    endif()
    add_subdirectory(${CMAKE_SOURCE_DIR}/tools/training ${CMAKE_BINARY_DIR}/training)
    add_dependencies(skbscope_stack skbscope_trained)
    # Functions that were not run are compiled as ever (-fprofile-partial-training). Counts of a file that was changed
    # since are of no use, and no fault; without -fprofile-correction a count that is missing is an error under -Werror.
    # Nothing is unrolled or written out twice: code that runs once a packet is to be short.
    target_compile_options(skbscope_stack PRIVATE
        -fprofile-use -fprofile-partial-training -fprofile-correction -fno-tracer -fno-unroll-loops -fno-peel-loops
        -Wno-missing-profile -Wno-coverage-mismatch)
endfunction()
