# SPDX-License-Identifier: GPL-2.0-or-later
# Runs PROGRAM afresh; what it counts is written below COUNTS (*.gcda).
file(GLOB_RECURSE old ${COUNTS}/*.gcda)
if(old)
    file(REMOVE ${old})
endif()
execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE result)
file(GLOB_RECURSE counted ${COUNTS}/*.gcda)
if(NOT result EQUAL 0 OR NOT counted)
    message(FATAL_ERROR "training failed (${result}): configure with -DSKBSCOPE_TRAIN=OFF to build without it")
endif()
file(TOUCH ${STAMP})
