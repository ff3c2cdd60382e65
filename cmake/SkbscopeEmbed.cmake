# SPDX-License-Identifier: GPL-2.0-or-later
# skbscope_embed(TARGET SYMBOL FILE): links FILE's bytes into TARGET as
#     extern "C" const unsigned char SYMBOL_begin[], SYMBOL_end[];
# The bytes are followed by one 0 that SYMBOL_end does not count.
function(skbscope_embed target symbol file)
    get_filename_component(path ${file} ABSOLUTE)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/embed_${symbol}.s)
    # Written only when it changes (FILE(CONFIGURE) compares), so that configuring again rebuilds nothing.
    file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"    .section .rodata
    .global @symbol@_begin
    .global @symbol@_end
    .balign 16
@symbol@_begin:
    .incbin \"@path@\"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
")
    set_source_files_properties(${out} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS ${path})
    target_sources(${target} PRIVATE ${out})
endfunction()
